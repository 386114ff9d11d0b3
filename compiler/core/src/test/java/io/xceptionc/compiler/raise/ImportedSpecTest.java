package io.xceptionc.compiler.raise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import io.xceptionc.compiler.testing.Sketch;
import io.xceptionc.compiler.weights.NamingConvention;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedSpecTest {

    private static final ImportSettings KERAS = ImportSettings.of(NamingConvention.KERAS);
    private static final ImportSettings PYTORCH = ImportSettings.of(NamingConvention.PYTORCH);
    private static final Activate RELU = new Activate(Activation.RELU);

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(8, 8, 4);

    private Conv2d pointwise(int channelsIn, int filters) {
        return sketch.conv2d(channelsIn, filters, Window.POINTWISE, 1, false);
    }

    private static List<String> names(RoundTrip again) {
        return again.network().layers().stream().map(Node::name).toList();
    }

    private static List<String> problems(Graph graph, ImportSettings settings) {
        return assertThrows(InvalidInputException.class, () -> ImportedSpec.of(graph, settings)).diagnostics().stream()
                .map(Diagnostic::headline).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb: {c: d}", "a: b", "# no", "${n}", "x${", "\u0000", "\u202e", "名前", "🙂", " ", "-",
        "'", "\"", "[", "{", "&a", "*a", "!a", "%a", "@", "null", "true", "1", "0x1F", "a..b", "a//b",
        ".a", "/a/Conv", "a.", "a/", "a\\u000ab", "..", "relu_activation", "__metadata__"})
    void anyNameBecomesALegalOne(String name) throws IOException, InvalidInputException {
        Node first = sketch.add(name, pointwise(4, 4), input);
        Node second = sketch.add(name + "_activation", RELU, first);
        Node third = sketch.add("x" + name, sketch.separable(4, 1, 4, Window.POINTWISE, true), second);
        RoundTrip again = RoundTrip.of(sketch.build(sketch.add(name + name, RELU, third)), PYTORCH);
        assertEquals(4, again.network().layers().size());
        names(again).forEach(legal -> assertTrue(legal.matches("[A-Za-z_][A-Za-z0-9_]*([./][A-Za-z0-9_]+)*"), legal));
    }

    @Test
    void arraysOfAnyNumberOfChannelsAreScaled() throws InvalidInputException {
        Graph graph = sketch.build(sketch.add("act", RELU, input));
        FileScaling scaling = new FileScaling(List.of(new Linear(1 / 255.0, 0), new Linear(0.5, -1),
                new Linear(0, 1e-8), new Linear(-1e9, 1e9)));
        assertEquals("input: {shape: [8, 8, 4], scale: [1/255, 0.5, 0, -1e9], offset: [0, -1, 1e-8, 1e9], arrays: raw}",
                ImportedSpec.of(graph, KERAS.withArrays(scaling)).text().lines().toList().get(2));
    }

    @Test
    void numbersBeyondTheLanguagesAreRefused() {
        FileScaling scaling = new FileScaling(
                List.of(new Linear(1, 0), new Linear(1, 0), new Linear(1, 0), new Linear(2e9, -3e10)));
        assertEquals(List.of("'scale' must be a number from -1e9 to 1e9, not '2e9'",
                "'offset' must be a number from -1e9 to 1e9, not '-3e10'"),
                assertThrows(InvalidInputException.class,
                        () -> ImportedSpec.of(sketch.build(sketch.add("act", RELU, input)), KERAS.withArrays(scaling)))
                        .diagnostics().stream().map(Diagnostic::message).toList());
    }

    @Test
    void namesBecomeLegalInOneWay() throws IOException, InvalidInputException {
        Node x = input;
        List<String> given =
                List.of("/block.1/conv/Conv", "block:1", "block_1", "1", "a  b", "name:0", "name_0", "größe",
                        "${n}", "null");
        for (int filters = 1; filters <= given.size(); filters++) {
            x = sketch.add(given.get(filters - 1), pointwise(x.type().channels(), filters), x);
        }
        assertEquals(
                List.of("block.1/conv/Conv", "block_1_2", "block_1", "conv2d_1", "a_b", "name_0_2", "name_0", "gr_e",
                        "_n_", "null"),
                names(RoundTrip.of(sketch.build(x), KERAS)));
    }

    @Test
    void whatTheLanguageCallsItsOwnIsNoLayersName() throws IOException, InvalidInputException {
        Node x = sketch.add("/input", RELU, input);
        x = sketch.add("/output", new Softmax(), x);
        assertEquals(List.of("input_2", "output_2"), names(RoundTrip.of(sketch.build(x), KERAS)));
    }

    @Test
    void namesOfTenThousandCharacters() throws IOException, InvalidInputException {
        String name = "n".repeat(10_000);
        Node first = sketch.add(name, pointwise(4, 4), input);
        Node last = sketch.add(name + "2", new Softmax(), sketch.add(name + "1", pointwise(4, 4), first));
        List<String> names = names(RoundTrip.of(sketch.build(last), KERAS));
        assertEquals(List.of("n".repeat(150), "n".repeat(150) + "_2", "n".repeat(150) + "_3"), names);
    }

    @Test
    void thousandsOfNamesThatBecomeTheSame() throws IOException, InvalidInputException {
        Node x = input;
        for (int i = 0; i < 3000; i++) {
            x = sketch.add("é".repeat(i), i % 3 == 0 ? RELU : new Softmax(), x);
        }
        assertEquals(3000, names(RoundTrip.of(sketch.build(x), KERAS)).stream().distinct().count());
    }

    @Test
    void tensorsOfDifferentLayersHaveDifferentNames() throws IOException, InvalidInputException {
        Node first = sketch.add("a", sketch.separable(4, 1, 4, Window.POINTWISE, true), input);
        Node second = sketch.add("a.conv1", pointwise(4, 4), first);
        Node third = sketch.add("a.pointwise", pointwise(4, 4), second);
        assertEquals(List.of("a", "a.conv1_2", "a.pointwise_2"), names(RoundTrip.of(sketch.build(third), PYTORCH)));
        assertEquals(List.of("a", "a.conv1", "a.pointwise"), names(RoundTrip.of(sketch.build(third), KERAS)));
    }

    @Test
    void commentsStayComments() throws IOException, InvalidInputException {
        Graph graph = sketch.build(sketch.add("a", RELU, input));
        String text =
                RoundTrip.of(graph, KERAS.withComments(List.of("from a\nmodel: evil", "b\u2028c\u0085d\u0000"))).text();
        assertEquals("""
                # from a
                # model: evil
                # b\uFFFDc\uFFFDd\uFFFD
                model: sketch
                weights: keras
                input: {shape: [8, 8, 4]}
                layers:
                  - relu: {name: a}
                """, text);
    }

    @Test
    void labels() throws IOException, InvalidInputException {
        Graph graph = sketch.build(sketch.add("a", new GlobalPool2d(Reduction.MEAN), input));
        List<String> labels = List.of("great white shark", "a: \"b\" \\ # c", "null", "Ä");
        assertEquals("labels: [great white shark, \"a: \\\"b\\\" \\\\ # c\", \"null\", Ä]",
                RoundTrip.of(graph, KERAS.withLabels(labels)).text().lines().skip(3).findFirst().orElseThrow());
        assertEquals(List.of("sketch.yaml:2:1: error[E105]: 'a\\u{a}b' cannot be a label",
                "sketch.yaml:2:1: error[E105]: there are 1 labels, but the network yields [4]"),
                problems(graph, KERAS.withLabels(List.of("a\nb"))));
    }

    @Test
    void allThatCannotBeExpressedIsReportedAtOnce() {
        Node first = sketch.add("a", sketch.affine(4), input);
        Node second = sketch.add("b\n", new RepeatChannels(2), first);
        assertEquals(List.of(
                "sketch.yaml:2:1: error[E501]: node 'a' computes affine, for which a spec has no word",
                "sketch.yaml:3:1: error[E501]: node 'b\\u{a}' computes repeat_channels, for which a spec has no word"),
                problems(sketch.build(second), KERAS));
    }

    @Test
    void attributesHaveTheBoundsOfTheLanguage() {
        Node first = sketch.add("a", pointwise(4, 70_000), input);
        Node second = sketch.add("b", sketch.batchNorm(70_000, 0, true, true), first);
        assertEquals(List.of(
                "sketch.yaml:2:1: error[E105]: 'filters' must be an integer from 1 to 65536, not '70000'",
                "sketch.yaml:3:1: error[E105]: 'epsilon' must be a number from 1e-12 to 1, not '0'"),
                problems(sketch.build(second), KERAS));
    }

    @Test
    void moreLayersThanASpecHas() {
        Node x = input;
        for (int i = 0; i <= 20_000; i++) {
            x = sketch.add("r" + i, RELU, x);
        }
        assertEquals(List.of("sketch.yaml: error[E102]: the network has 20001 layers, a spec has at most 20000"),
                problems(sketch.build(x), KERAS));
    }

    @Test
    void flatteningIsThatOfTheConvention() throws IOException, InvalidInputException {
        Graph graph = sketch.build(sketch.add("a", new Flatten(true), input));
        RoundTrip.of(graph, PYTORCH);
        assertEquals(List.of("sketch.yaml:2:1: error[E501]: node 'a' flattens an image as pytorch does, which a spec"
                + " with keras weights cannot say"), problems(graph, KERAS));
    }

    @Test
    void sharedWeightsThatAreNoRepeatAreRefusedOrCopied() throws IOException, InvalidInputException {
        Op conv = pointwise(4, 4);
        Node first = sketch.add("a", conv, input);
        Graph graph =
                sketch.build(sketch.add("c", conv, sketch.add("b", sketch.batchNorm(4, 1e-3, true, true), first)));
        assertEquals(List.of("sketch.yaml:4:1: error[E501]: node 'c' shares the tensor 'tensor_1' with 'a', but they"
                + " are no passes of one repeat"), problems(graph, KERAS));
        RoundTrip again = RoundTrip.of(graph, KERAS.withCopiedWeights());
        assertEquals(RoundTrip.parameterCount(graph) + 16, RoundTrip.parameterCount(again.network().graph()));
    }

    @Test
    void aPassThatIsReadFromOutsideIsNoRepeat() {
        Op conv = pointwise(4, 4);
        Node first = sketch.add("a", conv, input);
        Node second = sketch.add("b", conv, first);
        Node sum = sketch.add("c", new Add(), sketch.add("d", RELU, second), first);
        assertEquals(1, problems(sketch.build(sum), KERAS).size());
    }

    @Test
    void fusedOperatorsAreAMistakeOfTheCaller() {
        Op fused = pointwise(4, 4).withFusion(Fusion.NONE.withActivation(Activation.RELU));
        Graph graph = sketch.build(sketch.add("a", fused, input));
        assertThrows(IllegalArgumentException.class, () -> ImportedSpec.of(graph, KERAS));
    }

    @Test
    void theSameGraphGivesTheSameText() throws InvalidInputException {
        Node x = input;
        for (int i = 0; i < 50; i++) {
            x = sketch.add("c" + i * i, pointwise(4, 4), x);
        }
        Graph graph = sketch.build(x);
        assertEquals(ImportedSpec.of(graph, KERAS).text(), ImportedSpec.of(graph, KERAS).text());
        assertFalse(ImportedSpec.of(graph, KERAS).text().contains("\r"));
    }
}
