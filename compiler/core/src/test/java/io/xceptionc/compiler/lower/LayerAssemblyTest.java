package io.xceptionc.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Activation.Kind;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.language.Formula;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Layers that are several operators. */
class LayerAssemblyTest {

    private static final SourceSpan PLACE = SourceSpan.ofFile("test");

    private final Diagnostics diagnostics = new Diagnostics();
    private final GraphBuilder builder = new GraphBuilder("model", diagnostics);
    private final LayerAssembly assembly = new LayerAssembly(builder, new Budget(diagnostics), diagnostics);
    private final Node input = builder.input(TensorType.image(2, 2, 3), PLACE);

    private Optional<Node> add(Formula formula) {
        return assembly.add("layer", "mish", _ -> formula, List.of(input), PLACE, _ -> PLACE);
    }

    private static Formula apply(Op op, Formula... operands) {
        return new Formula.Value(op, List.of(operands));
    }

    private static Op function(Kind kind) {
        return new Activate(new Activation(kind, 0));
    }

    @Test
    void partsAreNodesAndTheLastIsCalledAsTheLayer() {
        Formula x = new Formula.Read(0);
        Node last = add(apply(new Multiply(), x, apply(function(Kind.TANH), apply(function(Kind.SOFTPLUS), x))))
                .orElseThrow();
        assertEquals("""
                input: input -> [2, 2, 3]
                layer:1: softplus input -> [2, 2, 3]
                layer:2: tanh layer:1 -> [2, 2, 3]
                layer: multiply input, layer:2 -> [2, 2, 3]
                output: output layer -> [2, 2, 3]
                """, GraphPrinter.print(builder.build(last)));
    }

    @Test
    void aPartThatIsUsedTwiceIsOneNode() {
        Formula part = apply(function(Kind.TANH), new Formula.Read(0));
        Optional<Node> last = add(apply(new Multiply(), part, part));
        assertEquals(last.map(Node::inputs).map(inputs -> List.of(inputs.getFirst(), inputs.getFirst())),
                last.map(Node::inputs));
        assertEquals(2, assembly.layers().size());
    }

    @Test
    void aMisfitOfAPartIsTheLayers() {
        Formula wrong = apply(new Multiply(), new Formula.Read(0), apply(new Flatten(false), new Formula.Read(0)));
        assertEquals(Optional.empty(), add(apply(new Dropout(), wrong)));
        assertEquals("mish 'layer' has inputs of different shapes, [2, 2, 3] and [12]",
                diagnostics.sorted().getFirst().message());
    }
}
