package io.xceptionc.compiler.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.testing.RandomGraphs;
import io.xceptionc.compiler.testing.Sketch;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GraphTest {

    private static final Activate RELU = new Activate(Activation.RELU);

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(4, 4, 2);

    @Test
    void nodesComeAfterTheirInputsFirstInputFirst() {
        Node shared = sketch.add("shared", RELU, input);
        Node left = sketch.add("left", RELU, shared);
        Node right = sketch.add("right", RELU, shared);
        Graph graph = sketch.build(sketch.add("sum", new Add(), right, left, shared));
        assertEquals(List.of("input", "shared", "right", "left", "sum", "output"), names(graph));
        assertSame(input, graph.input());
        assertEquals("output", graph.output().name());
    }

    @Property(tries = 200)
    void orderIsTopological(@ForAll("graphs") Graph graph) {
        List<Node> nodes = graph.nodes();
        assertSame(graph.input(), nodes.getFirst());
        assertSame(graph.output(), nodes.getLast());
        assertEquals(nodes.size(), Set.copyOf(nodes).size());
        for (int index = 0; index < nodes.size(); index++) {
            assertTrue(nodes.subList(0, index).containsAll(nodes.get(index).inputs()), nodes.get(index).toString());
        }
    }

    @Property(tries = 200)
    void usersAreThoseWhoRead(@ForAll("graphs") Graph graph) {
        for (Node node : graph.nodes()) {
            for (Node reader : graph.nodes()) {
                assertEquals(Collections.frequency(reader.inputs(), node),
                        Collections.frequency(graph.users(node), reader));
            }
            assertEquals(node == graph.output(), graph.users(node).isEmpty());
        }
    }

    @Test
    void aNodeThatReadsTwiceIsTwoUsers() {
        Node relu = sketch.add(RELU, input);
        Node sum = sketch.add(new Add(), relu, relu);
        Graph graph = sketch.build(sum);
        assertEquals(List.of(sum, sum), graph.users(relu));
        assertFalse(graph.hasSingleUser(relu));
        assertTrue(graph.hasSingleUser(input));
    }

    @Test
    void whatTheOutputDoesNotNeedIsLeftOut() {
        Node relu = sketch.add(RELU, input);
        sketch.add(new Softmax(), relu);
        Graph graph = sketch.build(relu);
        assertEquals(List.of("input", "relu", "output"), names(graph));
        assertEquals(List.of(graph.output()), graph.users(relu));
    }

    @Test
    void depthIsNoProblem() {
        Node last = input;
        for (int count = 0; count < 50_000; count++) {
            last = sketch.add(RELU, last);
        }
        assertEquals(50_002, sketch.build(last).nodes().size());
    }

    @Test
    void namesAreUnique() {
        Node twice = sketch.add("a", RELU, sketch.add("a", RELU, input));
        IllegalStateException problem = assertThrows(IllegalStateException.class, () -> sketch.build(twice));
        assertEquals("two nodes are called 'a'", problem.getMessage());
    }

    @Test
    void thereIsOneInput() {
        Node other = new Node("other", input.op(), List.of(), input.origins());
        Node both = sketch.add(new Concat(), input, other);
        IllegalStateException problem = assertThrows(IllegalStateException.class, () -> sketch.build(both));
        assertEquals("the network does not use its one input", problem.getMessage());
    }

    @Test
    void theLastNodeIsAnOutput() {
        IllegalArgumentException problem =
                assertThrows(IllegalArgumentException.class, () -> new Graph("model", input));
        assertEquals("not all of the last nodes are outputs: [input: input -> [4, 4, 2]]", problem.getMessage());
    }

    @Test
    void rewritingNothingGivesNothing() {
        Graph graph = sketch.build(sketch.add(RELU, input));
        assertEquals(Optional.empty(), graph.rewrite(Node::withInputs));
    }

    @Test
    void rewritingTakesNodesOutAndKeepsTheOthers() {
        Node relu = sketch.add(RELU, input);
        Node dropout = sketch.add(new Dropout(), relu);
        Node sum = sketch.add(new Add(), dropout, relu);
        Graph rewritten = sketch.build(sum)
                .rewrite((node, inputs) -> node.op() instanceof Dropout ? inputs.getFirst() : node.withInputs(inputs))
                .orElseThrow();
        assertEquals("""
                input: input -> [4, 4, 2]
                relu: relu input -> [4, 4, 2]
                add: add relu, relu -> [4, 4, 2]
                output: output add -> [4, 4, 2]
                """, GraphPrinter.print(rewritten));
        assertSame(relu, rewritten.nodes().get(1));
        assertEquals(sum.span(), rewritten.nodes().get(2).span());
    }

    @Test
    void rewritingReplacesNodesInOrder() {
        Node relu = sketch.add(RELU, input);
        Graph graph = sketch.build(sketch.add(new Softmax(), relu));
        Graph rewritten = graph.rewrite((node, inputs) -> node == relu
                ? new Node("relu6", new Activate(Activation.RELU6), inputs, node.origins())
                : node.withInputs(inputs)).orElseThrow();
        assertEquals("""
                input: input -> [4, 4, 2]
                relu6: relu6 input -> [4, 4, 2]  # relu
                softmax: softmax relu6 -> [4, 4, 2]
                output: output softmax -> [4, 4, 2]
                """, GraphPrinter.print(rewritten));
        assertEquals("sketch", rewritten.name());
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return RandomGraphs.partlyFusedGraphs();
    }

    private static List<String> names(Graph graph) {
        return graph.nodes().stream().map(Node::name).toList();
    }
}
