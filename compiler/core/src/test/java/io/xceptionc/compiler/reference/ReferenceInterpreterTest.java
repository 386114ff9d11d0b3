package io.xceptionc.compiler.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.RandomGraphs;
import io.xceptionc.compiler.testing.Sketch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReferenceInterpreterTest {

    /** {@code relu(x) + 10 * x}. */
    private static Graph reluPlusTenfold() {
        Sketch sketch = new Sketch(1);
        Node x = sketch.input(1, 2, 1);
        Tensor ten = Sketch.tensor(List.of(1, 1, 1, 1), 10);
        Node relu = sketch.add(new Activate(Activation.RELU), x);
        Node tenfold = sketch.add(new Conv2d(Window.POINTWISE, 1, ten, Optional.empty(), Fusion.NONE), x);
        return sketch.build(sketch.add("sum", new Add(), relu, tenfold));
    }

    @Test
    void yieldsTheOutput() {
        assertArrayEquals(new double[] {-20, 33}, ReferenceInterpreter.output(reluPlusTenfold(), new float[] {-2, 3}));
    }

    @Test
    void yieldsTheValueOfEveryNode() {
        Map<String, double[]> values = ReferenceInterpreter.valuesByName(reluPlusTenfold(), new float[] {-2, 3});
        assertEquals(List.of("input", "relu", "conv2d", "sum", "output"), List.copyOf(values.keySet()));
        assertArrayEquals(new double[] {-2, 3}, values.get("input"));
        assertArrayEquals(new double[] {0, 3}, values.get("relu"));
        assertArrayEquals(new double[] {-20, 30}, values.get("conv2d"));
        assertArrayEquals(new double[] {-20, 33}, values.get("sum"));
        assertArrayEquals(new double[] {-20, 33}, values.get("output"));
    }

    @Test
    void refusesImagesOfAnotherSize() {
        assertEquals("3 elements are no [1, 2, 1]", assertThrows(IllegalArgumentException.class,
                () -> ReferenceInterpreter.output(reluPlusTenfold(), new float[3])).getMessage());
    }

    @Property(tries = 300)
    void operatorsYieldTheShapesThatTheyState(@ForAll("graphs") Graph graph) {
        List<Node> visited = new ArrayList<>();
        ReferenceInterpreter.visit(graph, RandomGraphs.image(graph), (node, elements) -> {
            assertEquals(node.type().elementCount(), elements.length);
            visited.add(node);
        });
        assertEquals(graph.nodes(), visited);
    }

    @Property(tries = 50)
    void allWaysToAskGiveTheSameValues(@ForAll("graphs") Graph graph) {
        float[] image = RandomGraphs.image(graph);
        Map<Node, double[]> values = ReferenceInterpreter.values(graph, image);
        assertArrayEquals(values.get(graph.output()), ReferenceInterpreter.output(graph, image));
        ReferenceInterpreter.valuesByName(graph, image).forEach((name, elements) -> assertArrayEquals(values.entrySet()
                .stream().filter(entry -> entry.getKey().name().equals(name)).findFirst().orElseThrow().getValue(),
                elements));
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return RandomGraphs.partlyFusedGraphs();
    }
}
