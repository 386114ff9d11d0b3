package io.xceptionc.compiler.raise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.testing.Sketch;
import io.xceptionc.compiler.testing.SpecText;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Networks as large as the language allows are written in a few seconds, whatever their names and connections. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeGraphTest {

    private static final int LAYERS = 20_000;

    private static final Activation[] FUNCTIONS = {Activation.RELU, new Activation(Activation.Kind.TANH, 0),
        new Activation(Activation.Kind.SIGMOID, 0), Activation.RELU6};

    private final Sketch sketch = new Sketch(1);
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void oneCountedChainIsOneRepeat() throws InvalidInputException {
        Graph graph = chain(i -> "relu_" + i, _ -> Activation.RELU);
        String text = ImportedSpec.of(graph, ImportSettings.of(NamingConvention.KERAS)).text();
        assertEquals("""
                model: sketch
                weights: keras
                input: {shape: [1, 1, 2]}
                layers:
                  - repeat: 20000
                    index: n
                    layers: [{relu: {name: "relu_${n}"}}]
                """, text);
        assertSame(graph, text);
    }

    @Test
    void namesWithoutOrderGetSome() throws InvalidInputException {
        Graph graph = chain(_ -> "r" + Long.toHexString(random.nextLong()), _ -> Activation.RELU);
        String text = ImportedSpec.of(graph, ImportSettings.of(NamingConvention.KERAS)).text();
        assertEquals(8, text.lines().count());
        assertSame(graph, text);
    }

    @Test
    void layersWithoutOrderStayAList() throws InvalidInputException {
        Graph graph = chain(_ -> "r" + Long.toHexString(random.nextLong()), _ -> FUNCTIONS[random.nextInt(4)]);
        assertSame(graph, ImportedSpec.of(graph, ImportSettings.of(NamingConvention.KERAS)).text());
    }

    @Test
    void residualsOfAllLengths() throws InvalidInputException {
        Node x = sketch.input(1, 1, 2);
        for (int i = 0; i < LAYERS / 6; i++) {
            Node y = x;
            for (int k = random.nextInt(7); k >= 0; k--) {
                y = sketch.add(new Activate(FUNCTIONS[random.nextInt(4)]), y);
            }
            x = sketch.add(new Add(), y, x);
        }
        Graph graph = sketch.build(x);
        assertSame(graph, ImportedSpec.of(graph, ImportSettings.of(NamingConvention.KERAS)).text());
    }

    @Test
    void sumsOfTheLastTwo() throws InvalidInputException {
        Node last = sketch.input(1, 1, 2);
        Node x = sketch.add(new Activate(Activation.RELU), last);
        for (int i = 0; i < LAYERS - 1; i++) {
            Node next = sketch.add(new Add(), x, last);
            last = x;
            x = next;
        }
        Graph graph = sketch.build(x);
        assertSame(graph, ImportedSpec.of(graph, ImportSettings.of(NamingConvention.KERAS)).text());
    }

    @Test
    void sumsOfAnyEarlierLayers() throws InvalidInputException {
        Node[] nodes = new Node[LAYERS];
        nodes[0] = sketch.input(1, 1, 2);
        for (int i = 1; i < LAYERS; i++) {
            nodes[i] = i % 2 == 0
                    ? sketch.add(new Add(), nodes[i - 1], nodes[random.nextInt(i)])
                    : sketch.add(new Activate(FUNCTIONS[random.nextInt(4)]), nodes[i - 1]);
        }
        Graph graph = sketch.build(nodes[LAYERS - 1]);
        assertSame(graph, ImportedSpec.of(graph, ImportSettings.of(NamingConvention.KERAS)).text());
    }

    @Test
    void weightsSharedWithoutOrder() throws InvalidInputException {
        List<Op> convolutions = IntStream.range(0, 100)
                .<Op>mapToObj(_ -> sketch.conv2d(2, 2, Window.POINTWISE, 1, false)).toList();
        Node x = sketch.input(1, 1, 2);
        for (int i = 0; i < LAYERS; i++) {
            x = sketch.add(convolutions.get(random.nextInt(100)), x);
        }
        Graph graph = sketch.build(x);
        ImportSettings settings = ImportSettings.of(NamingConvention.KERAS);
        assertThrows(InvalidInputException.class, () -> ImportedSpec.of(graph, settings));
        LoweredNetwork network = SpecText.of(ImportedSpec.of(graph, settings.withCopiedWeights()).text()).valid();
        assertEquals(LAYERS, network.layers().size());
    }

    private Graph chain(IntFunction<String> name, IntFunction<Activation> function) {
        Node x = sketch.input(1, 1, 2);
        for (int i = 0; i < LAYERS; i++) {
            x = sketch.add(name.apply(i), new Activate(function.apply(i)), x);
        }
        return sketch.build(x);
    }

    /** The same operators are in the spec, as many of each, with the inputs of their kinds. */
    private static void assertSame(Graph graph, String text) {
        LoweredNetwork network = SpecText.of(text).valid();
        assertTrue(text.length() < 1 << 20);
        assertEquals(graph.nodes().stream().map(LargeGraphTest::kind).sorted().toList(),
                network.graph().nodes().stream().map(LargeGraphTest::kind).sorted().toList());
    }

    private static String kind(Node node) {
        return node.op() + " " + node.inputs().stream().map(input -> input.op().keyword()).sorted().toList();
    }
}
