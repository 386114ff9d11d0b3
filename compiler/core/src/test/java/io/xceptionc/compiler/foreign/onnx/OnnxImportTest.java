package io.xceptionc.compiler.foreign.onnx;

import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.floats;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.integer;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.integers;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.node;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.export.OnnxExport;
import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.foreign.ForeignNetwork;
import io.xceptionc.compiler.format.onnx.HandmadeOnnx;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Scale;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import io.xceptionc.compiler.testing.Comparison;
import io.xceptionc.compiler.testing.RandomGraphs;
import io.xceptionc.compiler.testing.Sketch;
import io.xceptionc.compiler.weights.NamingConvention;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxImportTest {

    private static final Path REAL = Path.of("../../generated-examples/foreign/handmade.onnx");

    /** The graph and the interpreter are in double precision, the file's numbers in single. */
    private static final double TOLERANCE = 1e-6;

    static ForeignNetwork read(byte[] model, Optional<Pair> size) throws InvalidInputException {
        return OnnxImport.read(HandmadeOnnx.open(model), "m", size);
    }

    /** A model of opset 17 with an input {@code x} of {@code [n, 2, 4, 4]} and an output {@code y}. */
    static byte[] model(HandmadeOnnx... parts) {
        return model(17, 4, parts);
    }

    static byte[] model(long opset, long side, HandmadeOnnx... parts) {
        HandmadeOnnx graph = new HandmadeOnnx().with(11, HandmadeOnnx.value("x", -1, 2, side, side)).with(12,
                HandmadeOnnx.value("y"));
        for (HandmadeOnnx part : parts) {
            graph.with(isNode(part) ? 1 : 5, part);
        }
        return HandmadeOnnx.model(graph, opset).toBytes();
    }

    /** Nodes begin with the name of an input, tensors with a size or their type. */
    private static boolean isNode(HandmadeOnnx part) {
        return part.toBytes()[0] == (1 << 3 | 2);
    }

    static String problems(byte[] model) {
        return HandmadeSafetensors.text(
                assertThrows(InvalidInputException.class, () -> read(model, Optional.empty())).diagnostics());
    }

    @Property(tries = 300)
    void whatIsExportedComesBack(@ForAll("graphs") Graph graph) throws IOException, InvalidInputException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OnnxExport.write(graph, 1, bytes);
        float[] image = RandomGraphs.image(graph);
        double[] expected = ReferenceInterpreter.output(graph, image);
        ForeignNetwork network = read(bytes.toByteArray(), Optional.empty());
        double[] actual = ReferenceInterpreter.output(network.graph(), scaled(network, image));
        Comparison.assertClose(graph.output().type(), expected, actual);
    }

    /** A summand is a layer's bias only where nobody reads that layer under another name. */
    @Test
    void whatIsReadUnderTwoNamesStays() throws IOException, InvalidInputException {
        Sketch sketch = new Sketch(1);
        Node input = sketch.input(2, 2, 1);
        Node conv = sketch.add(sketch.conv2d(1, 1, Window.POINTWISE, 1, false), input);
        Node padded = sketch.add(new ZeroPad2d(Padding.NONE), conv);
        whatIsExportedComesBack(
                sketch.build(sketch.add(new Concat(), conv, sketch.add(Scale.of(1, -0.5f), padded))));
    }

    /** What a network scales first is said at its input. */
    private static float[] scaled(ForeignNetwork network, float[] image) {
        List<Linear> channels = network.scaling().channels();
        float[] scaled = image.clone();
        for (int i = 0; i < scaled.length && !channels.isEmpty(); i++) {
            Linear channel = channels.get(i % channels.size());
            scaled[i] = (float) (scaled[i] * channel.scale() + channel.offset());
        }
        return scaled;
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return RandomGraphs.graphs();
    }

    @Test
    void everythingThatCannotBeImportedIsListedAtOnce() {
        HandmadeOnnx custom = node("FancyConv", "custom", List.of("d"), "e").with(7, "com.example");
        HandmadeOnnx noText = new HandmadeOnnx().with(1, "config").with(4, new byte[] {10, -1, 1}).with(20, 3);
        byte[] model = model(node("LSTM", "memory", List.of("x"), "a", noText), node("Relu", "", List.of("a"), "b"),
                node("Clip", "clipped", List.of("x", "low", "high"), "c"), floats("low", List.of(), -1),
                floats("high", List.of(), 1), node("Det", "", List.of("c"), "d"), custom,
                node("Softmax", "over rows", List.of("x"), "f", integer("axis", 2)),
                node("Sum", "", List.of("b", "e", "f"), "y"));
        assertEquals("""
                m.onnx: error[E501]: cannot import LSTM 'memory': there is no such operator in the spec language
                m.onnx: error[E501]: cannot import Det 'd': there is no such operator in the spec language
                m.onnx: error[E501]: cannot import FancyConv 'custom': it is an operator of the domain 'com.example' \
                (only ONNX's own operators can be imported)
                m.onnx: error[E501]: cannot import Softmax 'over rows': it is over axis 2 of [1, 2, 4, 4] (only that \
                over channels is known)""", problems(model));
    }

    @Test
    void whatTheOutputDoesNotNeedDoesNotCount() throws InvalidInputException {
        ForeignNetwork network = read(model(node("LSTM", "memory", List.of("x"), "a"),
                node("Relu", "act", List.of("x"), "y")), Optional.empty());
        assertEquals(List.of("input", "act", "output"), network.graph().nodes().stream().map(Node::name).toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 26})
    void otherVersionsOfTheOperatorsAreRefused(long opset) {
        assertEquals(
                "m.onnx: error[E502]: uses version " + opset + " of ONNX's operators (export it again with an opset"
                        + " from 7 to 25)",
                problems(model(opset, 4, node("Relu", "", List.of("x"), "y"))));
    }

    @Test
    void nodesThatFormACycleAreRefused() {
        assertEquals("m.onnx: error[E303]: is a damaged ONNX model: it has nodes that form a cycle through 'a'"
                + " (export or download the model again)",
                problems(model(node("Add", "", List.of("x", "b"), "a"), node("Relu", "", List.of("a"), "b"),
                        node("Relu", "", List.of("b"), "y"))));
        assertEquals("m.onnx: error[E303]: is a damaged ONNX model: it has nodes that form a cycle through 'y'"
                + " (export or download the model again)",
                problems(model(node("Add", "", List.of("x", "y"), "y"))));
    }

    @Test
    void valuesOfTwoNodesOrOfNoneAreRefused() {
        assertEquals("m.onnx: error[E303]: is a damaged ONNX model: it has two nodes that yield 'y'"
                + " (export or download the model again)",
                problems(model(node("Relu", "", List.of("x"), "y"), node("Tanh", "", List.of("x"), "y"))));
        assertEquals("m.onnx: error[E303]: is a damaged ONNX model: nothing in it yields 'z'"
                + " (export or download the model again)", problems(model(node("Relu", "", List.of("z"), "y"))));
    }

    @Test
    void furtherResultsAreNotKnown() {
        HandmadeOnnx pool =
                node("MaxPool", "pool", List.of("x"), "m", integers("kernel_shape", 2, 2)).with(2, "places");
        assertEquals("m.onnx: error[E501]: cannot import MaxPool 'pool': more than its first result is used, 'places'",
                problems(model(pool, node("Add", "", List.of("m", "places"), "y"))));
        HandmadeOnnx dropout = node("Dropout", "drop", List.of("x"), "d").with(2, "mask");
        assertEquals("m.onnx: error[E501]: cannot import Dropout 'drop': more than its first result is used, 'mask'",
                problems(model(dropout, node("Add", "", List.of("d", "mask"), "y"))));
    }

    @Test
    void joiningTooManyChannelsIsRefused() {
        HandmadeOnnx[] parts = new HandmadeOnnx[30];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = node("Concat", "", List.of(i == 0 ? "x" : "v" + i, i == 0 ? "x" : "v" + i),
                    i + 1 < parts.length ? "v" + (i + 1) : "y", integer("axis", 1));
        }
        assertEquals("m.onnx: error[E205]: concat 'concat_24' yields [4, 4, 33554432], more than 268435456 elements"
                + " (make the input smaller)", problems(model(parts)));
    }

    @Test
    void aLongChainIsNoDepth() throws InvalidInputException {
        HandmadeOnnx[] chain = new HandmadeOnnx[20_000];
        for (int i = 0; i < chain.length; i++) {
            chain[i] =
                    node("Identity", "", List.of(i == 0 ? "x" : "v" + i), i + 1 < chain.length ? "v" + (i + 1) : "y");
        }
        chain[0] = node("Relu", "first", List.of("x"), "v1");
        assertEquals(3, read(model(chain), Optional.empty()).graph().nodes().size());
    }

    @Test
    void productsThatNestAreNotTriedInEveryWay() throws InvalidInputException {
        HandmadeOnnx[] chain = new HandmadeOnnx[1_001];
        chain[0] = floats("half", List.of(), 0.5f);
        chain[1] = node("Relu", "", List.of("x"), "v1");
        for (int i = 2; i < chain.length; i++) {
            chain[i] = node("Mul", "", List.of("v" + (i - 1), "half"), i + 1 < chain.length ? "v" + i : "y");
        }
        assertEquals(chain.length + 1, read(model(chain), Optional.empty()).graph().nodes().size());
    }

    @Test
    void arithmeticAtTheBeginningIsSaidAtTheInput() throws InvalidInputException {
        ForeignNetwork network = read(model(floats("mean", List.of(2L, 1L, 1L), 100, 50), floats("std", List.of(), 255),
                node("Sub", "centre", List.of("x", "mean"), "a"), node("Div", "scale", List.of("a", "std"), "b"),
                node("Relu", "act", List.of("b"), "y")), Optional.empty());
        assertEquals(List.of(new Linear(1 / 255.0, -100 / 255.0), new Linear(1 / 255.0, -50 / 255.0)),
                network.scaling().channels());
        assertEquals(
                List.of("what is computed by 'centre', 'scale' is said at the input; arrays are raw, as the model takes"
                        + " them"),
                network.findings());
        assertEquals("""
                input: input -> [4, 4, 2]
                act: relu input -> [4, 4, 2]
                output: output act -> [4, 4, 2]
                """, GraphPrinter.print(network.graph()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mul, 2, Add, 0 | 2 | 0
            Add, 1, Mul, 2 | 2 | 2
            Mul, -1, Sub, 3 | -1 | -3
            Mul, 0, Add, 0 | 0 | 0
            Div, 58.395, Sub, 2 | 0.017124753831663668 | -2
            """)
    void factorsAndSummandsTogether(String operators, double scale, double offset) throws InvalidInputException {
        List<String> words = List.of(operators.split(", ", -1));
        ForeignNetwork network = read(model(floats("p", List.of(), Float.parseFloat(words.get(1))),
                floats("q", List.of(), Float.parseFloat(words.get(3))),
                node(words.get(0), "one", List.of("x", "p"), "a"),
                node(words.get(2), "two", List.of("a", "q"), "b"), node("Relu", "act", List.of("b"), "y")),
                Optional.empty());
        assertEquals(List.of(new Linear(scale, offset), new Linear(scale, offset)), network.scaling().channels());
    }

    @Test
    void whatIsNoScalingOfTheInputAloneStaysInTheNetwork() throws InvalidInputException {
        HandmadeOnnx two = floats("two", List.of(), 2);
        HandmadeOnnx huge = floats("huge", List.of(), 2e9f);
        HandmadeOnnx ones = floats("ones", List.of(2L), 1, 1);
        HandmadeOnnx norm = node("BatchNormalization", "norm", List.of("x", "ones", "ones", "ones", "ones"), "a");
        HandmadeOnnx act = node("Relu", "act", List.of("a"), "y");
        for (byte[] model : List.of(model(two, node("Mul", "all", List.of("x", "two"), "y")),
                model(huge, node("Mul", "far", List.of("x", "huge"), "a"), act),
                model(ones, norm, act),
                model(two, node("Mul", "side", List.of("x", "two"), "a"),
                        node("Add", "sum", List.of("a", "x"), "y")))) {
            ForeignNetwork network = read(model, Optional.empty());
            assertEquals(FileScaling.NONE, network.scaling());
            assertEquals(List.of(), network.findings());
            assertEquals(1, network.graph().nodes().stream()
                    .filter(node -> node.op() instanceof BatchNorm || node.op() instanceof Scale).count());
        }
    }

    @Test
    void openSizesMustBeGiven() throws InvalidInputException {
        byte[] model = model(17, -1, node("Relu", "act", List.of("x"), "y"));
        assertEquals("m.onnx: error[E502]: leaves the height and width of its input 'x' open"
                + " (give them: --input 299x299)", problems(model));
        assertEquals(TensorType.image(5, 7, 2), read(model, Optional.of(new Pair(5, 7))).graph().output().type());
    }

    @Test
    void sizesThatNoSpecCanSayAreRefused() {
        assertEquals("m.onnx: error[E502]: takes images of 16385 x 16385 pixels with 2 channels, 1 at once"
                + " (no spec can say that)", problems(model(17, 16385, node("Relu", "", List.of("x"), "y"))));
        assertEquals("m.onnx: error[E502]: takes images of 0 x 0 pixels with 2 channels, 1 at once"
                + " (no spec can say that)", problems(model(17, 0, node("Relu", "", List.of("x"), "y"))));
    }

    @Test
    void shapesThatDoNotFitAreRefusedByTheirNodes() {
        HandmadeOnnx kernel = floats("w", List.of(1L, 2L, 5L, 5L), new float[50]);
        assertEquals("m.onnx: error[E201]: conv2d 'conv' has a window of 5 x 5, its padded input is only 4 x 4"
                + " (use a larger input, more padding or a smaller kernel)",
                problems(model(kernel, node("Conv", "conv", List.of("x", "w"), "y"))));
        assertEquals("m.onnx: error[E501]: cannot import Conv 'conv': it has 2 groups and weights [1, 2, 5, 5], its"
                + " input 2 channels",
                problems(model(kernel, node("Conv", "conv", List.of("x", "w"), "y", integer("group", 2)))));
        assertEquals("m.onnx: error[E501]: cannot import Conv 'conv': its pads are [0, -1, 0, 0], not four of 0 to"
                + " 65536 as for images",
                problems(model(kernel, node("Conv", "conv", List.of("x", "w"), "y", integers("pads", 0, -1, 0, 0)))));
    }

    @Test
    void layersOfTheSameWeightsShareThem() throws InvalidInputException {
        HandmadeOnnx kernel = floats("shared.weight", List.of(2L, 2L, 1L, 1L), 1, 2, 3, 4);
        Graph graph = read(model(kernel, node("Conv", "", List.of("x", "shared.weight"), "a"),
                node("Identity", "", List.of("shared.weight"), "copy"),
                node("Conv", "", List.of("a", "copy"), "y")), Optional.empty()).graph();
        List<Conv2d> layers = graph.nodes().stream().filter(node -> node.op() instanceof Conv2d)
                .map(node -> (Conv2d) node.op()).toList();
        assertSame(layers.getFirst().kernel(), layers.getLast().kernel());
        assertEquals(List.of("input", "shared", "conv", "output"), graph.nodes().stream().map(Node::name).toList());
    }

    @Test
    void aPooledImageIsOneForConvolutionsAndAVectorForTheRest() throws InvalidInputException {
        Graph graph = read(model(floats("w", List.of(2L, 2L, 1L, 1L), 1, 2, 3, 4),
                node("GlobalAveragePool", "pool", List.of("x"), "p"), node("Conv", "conv", List.of("p", "w"), "c"),
                node("Flatten", "", List.of("c"), "cv"), node("Squeeze", "", List.of("p", "axes"), "pv"),
                HandmadeOnnx.tensor("axes", 7, 2).with(9, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0}),
                node("Add", "sum", List.of("cv", "pv"), "y")), Optional.empty()).graph();
        double[] answer = ReferenceInterpreter.output(graph, new float[] {1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1,
            0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0});
        assertArrayEquals(new double[] {2, 3}, answer, TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2, 3 | 1, 0 | 4, 4  | cut: crop2d([1, 0, 0, 0]) input -> [3, 4, 2]
            2, 3 | 1, 1 | -1, 4 | cut: crop2d([1, 1, 1, 0]) input -> [2, 3, 2]
            -1, 1 | -3, 0 | 9000000000, 9000000000 | cut: crop2d([0, 0, 1, 0]) input -> [4, 3, 2]
            1, 2 | 1, 0 | 2, 4 | cut: slice_channels(1 from 1) input -> [4, 4, 1]
            """)
    void slicesOfNeighboursAreTaken(String axes, String starts, String ends, String expected)
            throws InvalidInputException {
        Graph graph = read(slice(axes, starts, ends), Optional.empty()).graph();
        assertEquals(expected, GraphPrinter.line(graph.output().input()));
    }

    /** As tools write a symmetric padding, which ONNX has not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | 1, 0, 0, 1, 2, 3, 3 | pad: pad2d([2, 1, 0, 0], symmetric) input -> [7, 4, 2]
            3 | 2, 1, 0, 1, 2, 3    | pad: pad2d([0, 0, 2, 0], reflect) input -> [4, 6, 2]
            3 | 0, 1, 2, 3, 3, 3    | pad: pad2d([0, 0, 0, 2], edge) input -> [4, 6, 2]
            """)
    void pixelsThatAreTakenTwicePad(long axis, String places, String expected) throws InvalidInputException {
        byte[] model = model(wholes("places", places),
                node("Gather", "pad", List.of("x", "places"), "y", integer("axis", axis)));
        assertEquals(expected, GraphPrinter.line(read(model, Optional.empty()).graph().output().input()));
    }

    /** The results of a split are told apart, whoever reads them and in whatever order. */
    @Test
    void splitsYieldNeighbouringChannels() throws InvalidInputException {
        HandmadeOnnx split = node("Split", "split", List.of("x"), "a", integer("axis", 1)).with(2, "b");
        Graph graph = read(model(split, node("Relu", "r", List.of("a"), "c"),
                node("Concat", "turned", List.of("b", "c"), "y", integer("axis", 1))), Optional.empty()).graph();
        assertEquals("turned: concat split_2, r -> [4, 4, 2]", GraphPrinter.line(graph.output().input()));
    }

    @Test
    void splitsThatDoNotFitAreRefused() {
        HandmadeOnnx split = node("Split", "split", List.of("x", "sizes"), "y", integer("axis", 1)).with(2, "b");
        assertEquals("m.onnx: error[E501]: cannot import Split 'split': it splits 2 into [1, 2] for 2 results",
                problems(model(wholes("sizes", "1, 2"), split)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1, 1 | -1 | 0 | pad: pad2d([1, 1, 1, 1], reflect) input -> [6, 6, 2]
            0, 2 | -1 | 1 | pad: pad2d([0, 0, 2, 2], edge) input -> [4, 8, 2]
            1, 0 | 0.5 | -1 | pad: pad2d([1, 1, 0, 0], constant, 0.5) input -> [6, 4, 2]
            """)
    void padsOfAllKinds(String sides, float value, int mode, String expected) throws InvalidInputException {
        String all = "0, 0, " + sides + ", 0, 0, " + sides;
        HandmadeOnnx pad = mode < 0
                ? node("Pad", "pad", List.of("x", "pads", "value"), "y")
                : node("Pad", "pad", List.of("x", "pads"), "y",
                        HandmadeOnnx.text("mode", List.of("reflect", "edge").get(mode)));
        Graph graph =
                read(model(wholes("pads", all), floats("value", List.of(), value), pad), Optional.empty()).graph();
        assertEquals(expected, GraphPrinter.line(graph.output().input()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2, 3 | 3, 0 | 2, 4  | it takes 0 of 4 along axis 2 of [1, 2, 4, 4]
            """)
    void otherSlicesAreRefused(String axes, String starts, String ends, String reason) {
        assertEquals("m.onnx: error[E501]: cannot import Slice 'cut': " + reason, problems(slice(axes, starts, ends)));
    }

    private static byte[] slice(String axes, String starts, String ends) {
        return model(wholes("axes", axes), wholes("starts", starts), wholes("ends", ends),
                node("Slice", "cut", List.of("x", "starts", "ends", "axes"), "y"));
    }

    static HandmadeOnnx wholes(String name, String values) {
        String[] texts = values.split(", ");
        ByteBuffer bytes = ByteBuffer.allocate(texts.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Stream.of(texts).forEach(text -> bytes.putLong(Long.parseLong(text)));
        return HandmadeOnnx.tensor(name, 7, texts.length).with(9, bytes.array());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Sub  | subtract
            Max  | maximum
            Min  | minimum
            Mean | average
            Sum  | add
            Mul  | multiply
            """)
    void whatIsSmallerIsRepeated(String operator, String keyword) throws InvalidInputException {
        HandmadeOnnx pool = node("GlobalMaxPool", "pool", List.of("x"), "p");
        Graph graph = read(model(pool, node(operator, "both", List.of("p", "x"), "y")), Optional.empty()).graph();
        assertEquals("both: " + keyword + " pool, input -> " + graph.input().type(),
                GraphPrinter.line(graph.output().input()));
        HandmadeOnnx repeated = node("Expand", "repeated", List.of("p", "shape"), "e");
        TensorType type = graph.input().type();
        HandmadeOnnx shape = wholes("shape", "1, " + type.channels() + ", " + type.height() + ", " + type.width());
        graph = read(model(shape, pool, repeated, node(operator, "both", List.of("x", "e"), "y")), Optional.empty())
                .graph();
        assertEquals("both: " + keyword + " input, pool -> " + type, GraphPrinter.line(graph.output().input()));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        HandmadeOnnx half = node("MaxPool", "half", List.of("x"), "h", integers("kernel_shape", 1, 2));
        String help = " (one must have the other's shape, or one number for each channel, for each pixel, or for all)";
        String refused = "m.onnx: error[E501]: cannot import ";
        assertEquals(refused + "Sub 'both': it subtracts [1, 2, 4, 4] and [1, 2, 4, 3]" + help,
                problems(model(half, node("Sub", "both", List.of("x", "h"), "y"))));
        HandmadeOnnx pool = node("GlobalMaxPool", "pool", List.of("x"), "p");
        HandmadeOnnx vector = node("Flatten", "", List.of("p"), "v");
        assertEquals(refused + "Mul 'both': it multiplies [1, 2, 4, 4] and [1, 2]" + help,
                problems(model(pool, vector, node("Mul", "both", List.of("x", "v"), "y"))));
        assertEquals(refused + "Relu 'r': input 0 is [1, 1, 4, 4] repeated as [1, 3, 4, 4]"
                + " (only what is combined element by element may read channels that are repeated)",
                problems(model(node("ReduceMax", "m", List.of("x"), "p", integers("axes", 1)),
                        wholes("shape", "1, 3, 1, 1"),
                        node("Expand", "repeated", List.of("p", "shape"), "e"), node("Relu", "r", List.of("e"), "y"))));
    }

    @Test
    void aProductOfTwoValuesIsOne() throws InvalidInputException {
        Graph graph =
                read(model(node("Relu", "relu", List.of("x"), "r"), node("Mul", "product", List.of("r", "x"), "y")),
                        Optional.empty()).graph();
        assertEquals("product: multiply relu, input -> " + graph.input().type(),
                GraphPrinter.line(graph.output().input()));
    }

    @Test
    void theOrderInVectorsDecidesTheConvention() throws InvalidInputException {
        HandmadeOnnx flat = node("Flatten", "", List.of("t"), "y");
        assertEquals(NamingConvention.KERAS, read(
                model(node("Transpose", "", List.of("x"), "t", integers("perm", 0, 2, 3, 1)), flat), Optional.empty())
                .convention());
        assertEquals(NamingConvention.PYTORCH,
                read(model(node("Relu", "", List.of("x"), "t"), flat), Optional.empty()).convention());
    }

    @Property(tries = 1000)
    void damagedModelsAreImportedOrRefused(@ForAll @Size(min = 1, max = 3) List<@IntRange(max = 18_500) Integer> places)
            throws IOException {
        byte[] bytes = Files.readAllBytes(REAL);
        for (int place : places) {
            bytes[place / 8 % bytes.length] ^= (byte) (1 << place % 8);
        }
        try {
            read(bytes, Optional.empty());
        } catch (InvalidInputException refused) {
            refused.diagnostics().forEach(problem -> assertEquals("m.onnx", problem.span().file()));
        }
    }
}
