package io.xceptionc.compiler.raise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Sketch;
import io.xceptionc.compiler.weights.NamingConvention;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What names that count, and names that do not, become. */
class RepetitionTest {

    private static final Activate RELU = new Activate(Activation.RELU);

    private final Sketch sketch = new Sketch(1);

    /** The layers of the spec of a chain of pairs of relu and softmax, called by turns. */
    private List<String> layers(String... names) throws IOException, InvalidInputException {
        Node x = sketch.input(2, 2, 3);
        for (int i = 0; i < names.length; i++) {
            x = sketch.add(names[i], i % 2 == 0 ? RELU : new Softmax(), x);
        }
        Graph graph = sketch.build(x);
        RoundTrip again = RoundTrip.of(graph, ImportSettings.of(NamingConvention.KERAS));
        assertEquals(graph.nodes().stream().map(node -> node.op().keyword()).toList(),
                again.network().graph().nodes().stream().map(node -> node.op().keyword()).toList());
        return again.text().lines().skip(5).map(String::strip).toList();
    }

    private static String[] names(int count, String... patterns) {
        return IntStream.range(0, count).boxed()
                .flatMap(i -> List.of(patterns).stream().map(pattern -> pattern.formatted(i))).toArray(String[]::new);
    }

    private static List<String> repeat(int count, String... lines) {
        return List.of(("- repeat: " + count + "\n" + String.join("\n", lines)).split("\n"));
    }

    @Test
    void stepsAreThoseOfTheNames() throws IOException, InvalidInputException {
        String[] names = IntStream.range(0, 10).mapToObj(i -> "rep." + (i + 4)).toArray(String[]::new);
        assertEquals(repeat(5, "index: n", "from: 4", "step: 2", "layers:", "- relu: {name: \"rep.${n}\"}",
                "- softmax: {name: \"rep.${n + 1}\"}"), layers(names));
    }

    @Test
    void namesMayCountDown() throws IOException, InvalidInputException {
        String[] names = IntStream.range(0, 12).mapToObj(i -> (i % 2 == 0 ? "up" : "x") + (8 - i / 2))
                .toArray(String[]::new);
        assertEquals(repeat(6, "index: n", "layers:", "- relu: {name: \"up${8 - n}\"}",
                "- softmax: {name: \"x${8 - n}\"}"), layers(names));
    }

    @Test
    void namesMayCountAtDifferentSpeeds() throws IOException, InvalidInputException {
        String[] names = IntStream.range(0, 12)
                .mapToObj(i -> i % 2 == 0 ? "a" + i / 2 : "b" + (3 * (i / 2) + 7)).toArray(String[]::new);
        assertEquals(repeat(6, "index: n", "layers:", "- relu: {name: \"a${n}\"}",
                "- softmax: {name: \"b${3 * n + 7}\"}"), layers(names));
    }

    @Test
    void zerosInFrontDoNotCount() throws IOException, InvalidInputException {
        assertEquals(repeat(6, "index: n", "from: 1", "layers:", "- relu: {name: \"a_${n}\"}",
                "- softmax: {name: \"b_${n}\"}"), layers(names(6, "a%03d", "b%03d")));
    }

    @Test
    void namesWithoutOrderGetNumbers() throws IOException, InvalidInputException {
        assertEquals(repeat(6, "index: n", "from: 1", "layers:", "- relu: {name: \"ape_${n}\"}",
                "- softmax: {name: \"bear_${n}\"}"),
                layers("ape", "bear", "cat", "dog", "emu", "fox", "gnu", "hen", "ibis", "jay", "kea", "lynx"));
    }

    @Test
    void newNamesAreNobodyElses() throws IOException, InvalidInputException {
        assertEquals(List.of("- repeat: 6", "index: n", "from: 1", "layers:", "- relu: {name: \"ape_n_${n}\"}",
                "- softmax: {name: \"bear_${n}\"}", "- relu: {name: ape_3}"),
                layers("ape", "bear", "cat", "dog", "emu", "fox", "gnu", "hen", "ibis", "jay", "kea", "lynx", "ape_3"));
    }

    @Test
    void twoIndices() throws IOException, InvalidInputException {
        Node x = sketch.input(2, 2, 3);
        for (int i = 0; i < 4; i++) {
            for (int k = 1; k <= 5; k++) {
                x = sketch.add("b" + i + "_relu" + (10 * i + k), RELU, x);
                x = sketch.add("b" + i + "_conv" + k, sketch.conv2d(3, 3, Window.POINTWISE, 1, false), x);
            }
            x = sketch.add("end" + i, new Softmax(), x);
        }
        assertEquals("""
                model: sketch
                weights: keras
                # How a picture becomes an input is not known: add resize, scale and offset, or mean and std.
                input: {shape: [2, 2, 3]}
                defaults:
                  conv2d: {kernel: 1, bias: false}
                layers:
                  - repeat: 4
                    index: n
                    layers:
                      - repeat: 5
                        index: k
                        from: 1
                        layers:
                          - relu: {name: "b${n}_relu${k + 10 * n}"}
                          - conv2d: {name: "b${n}_conv${k}", filters: 3}
                      - softmax: {name: "end${n}"}
                """, RoundTrip.of(sketch.build(x), ImportSettings.of(NamingConvention.KERAS)).text());
    }
}
