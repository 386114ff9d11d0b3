package io.xceptionc.compiler.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Sketch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {

    private static final SourceSpan HERE = new SourceSpan("net.yaml", 7, 5, 4);

    private final Diagnostics diagnostics = new Diagnostics();
    private final GraphBuilder builder = new GraphBuilder("net", diagnostics);
    private final Node input = builder.input(TensorType.image(8, 6, 3), new SourceSpan("net.yaml", 2, 1, 5));

    @Test
    void buildsFromInputToOutput() {
        Node relu = builder.add("act", new Activate(Activation.RELU), List.of(input), HERE).orElseThrow();
        Graph graph = builder.build(relu);
        assertEquals("net", graph.name());
        assertEquals("""
                input: input -> [8, 6, 3]
                act: relu input -> [8, 6, 3]
                output: output act -> [8, 6, 3]
                """, GraphPrinter.print(graph));
        assertEquals(HERE, relu.span());
        assertEquals(HERE, graph.output().span());
        assertFalse(diagnostics.hasErrors());
    }

    @Test
    void reportsWhatDoesNotFitAtItsLine() {
        Op conv = new Sketch(1).conv2d(4, 8, Window.POINTWISE, 1, false);
        assertEquals(Optional.empty(), builder.add("stem", conv, List.of(input), HERE));
        assertEquals(
                List.of(new Diagnostic(DiagnosticCode.E204, HERE, "conv2d 'stem' expects 4 channels, its input has 3",
                        "its weights were made for 4 channels")),
                diagnostics.sorted());
    }

    @Test
    void reportsInputsThatDiffer() {
        Node other = builder.add("wide", new RepeatChannels(2), List.of(input), HERE).orElseThrow();
        assertEquals(Optional.empty(), builder.add("sum", new Add(), List.of(input, other), HERE));
        assertEquals("net.yaml:7:5: error[E204]: add 'sum' has inputs of different shapes, [8, 6, 3] and [8, 6, 6]",
                diagnostics.sorted().getFirst().headline());
    }

    @Test
    void reportsWhatIsTooLarge() {
        int largest = (int) (TensorType.LARGEST_ELEMENT_COUNT / 3);
        Node line = builder.input(TensorType.image(1, 1, 3), HERE);
        assertEquals(largest * 3,
                builder.add("largest", new RepeatChannels(largest), List.of(line), HERE).orElseThrow().type()
                        .channels());
        assertEquals(Optional.empty(), builder.add("wide", new RepeatChannels(largest + 1), List.of(line), HERE));
        Diagnostic problem = diagnostics.sorted().getFirst();
        assertEquals("net.yaml:7:5: error[E205]: repeat_channels 'wide' yields [1, 1, 268435458], more than "
                + "268435456 elements", problem.headline());
        assertEquals("make the input smaller", problem.help());
    }
}
