package io.xceptionc.compiler.foreign.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.ForeignNetwork;
import io.xceptionc.compiler.format.keras.KerasFiles;
import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Layers of Keras, one by one; weights are those of the small network: the first Conv2D is 3x3 from 3 channels to 8.
 */
class KerasLayersTest {

    private static final String INPUT = """
            {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 9, 8, 3]}}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            textBlock = """
                    Conv2D | "filters": 8, "kernel_size": [3, 3], "use_bias": false | x: conv2d(3x3) input -> [7, 6, 8]
                    Conv2D | "filters": 8, "kernel_size": 3, "use_bias": false, "padding": "same", "strides": 2, "activation": "relu" | x: conv2d(3x3, stride 2x2, padding [1, 1, 0, 1]) input -> [5, 4, 8]; x_activation: relu x -> [5, 4, 8]
                    Activation | "activation": "relu6" | x: relu6 input -> [9, 8, 3]
                    Activation | "activation": "silu" | x: swish input -> [9, 8, 3]
                    Activation | "activation": "hard_sigmoid" | x: hard_sigmoid input -> [9, 8, 3]
                    Activation | "activation": "leaky_relu" | x: leaky_relu(slope 0.2) input -> [9, 8, 3]
                    ReLU | "max_value": null, "negative_slope": 0.0, "threshold": 0.0 | x: relu input -> [9, 8, 3]
                    ReLU | "max_value": 6.0 | x: relu6 input -> [9, 8, 3]
                    ReLU | "max_value": 4.0 | x: clip(min 0.0, max 4.0) input -> [9, 8, 3]
                    ReLU | "max_value": 4.0, "negative_slope": 0.5, "threshold": 1.0 | x: relu(threshold 1.0, slope 0.5, max 4.0) input -> [9, 8, 3]
                    Activation | "activation": "selu" | x: selu input -> [9, 8, 3]
                    Activation | "activation": "mish" | x: mish input -> [9, 8, 3]
                    Activation | "activation": "softsign" | x: softsign input -> [9, 8, 3]
                    Activation | "activation": "exponential" | x: exponential input -> [9, 8, 3]
                    Activation | "activation": "hard_tanh" | x: clip(min -1.0, max 1.0) input -> [9, 8, 3]
                    ReLU | "negative_slope": 0.125 | x: leaky_relu(slope 0.125) input -> [9, 8, 3]
                    LeakyReLU | "alpha": 0.25 | x: leaky_relu(slope 0.25) input -> [9, 8, 3]
                    LeakyReLU | "negative_slope": 0.5 | x: leaky_relu(slope 0.5) input -> [9, 8, 3]
                    ELU | "alpha": 1.5 | x: elu(alpha 1.5) input -> [9, 8, 3]
                    Softmax | "axis": -1 | x: softmax input -> [9, 8, 3]
                    MaxPooling2D | "pool_size": [2, 2], "strides": null, "padding": "valid" | x: max_pool2d(2x2, stride 2x2) input -> [4, 4, 3]
                    AveragePooling2D | "pool_size": 3, "strides": 1, "padding": "same" | x: avg_pool2d(3x3, padding [1, 1, 1, 1]) input -> [9, 8, 3]
                    GlobalAveragePooling2D | "keepdims": false | x: global_avg_pool2d input -> [3]
                    GlobalMaxPooling2D | "keepdims": true | x: global_max_pool2d(keepdims) input -> [1, 1, 3]
                    ZeroPadding2D | "padding": [[0, 1], [2, 3]] | x: zero_pad2d([0, 1, 2, 3]) input -> [10, 13, 3]
                    Cropping2D | "cropping": [[0, 1], [2, 3]] | x: crop2d([0, 1, 2, 3]) input -> [8, 3, 3]
                    Cropping2D | "cropping": [2, 1] | x: crop2d([2, 2, 1, 1]) input -> [5, 6, 3]
                    ZeroPadding2D | "padding": 1 | x: zero_pad2d([1, 1, 1, 1]) input -> [11, 10, 3]
                    UpSampling2D | "size": [2, 3], "interpolation": "nearest" | x: up_sampling2d(2x3, nearest, half_pixel, half_up) input -> [18, 24, 3]
                    UpSampling2D | "size": 2, "interpolation": "bilinear" | x: up_sampling2d(2x2, bilinear, half_pixel) input -> [18, 16, 3]
                    Resizing | "height": 4, "width": 20, "interpolation": "bilinear" | x: resize2d(4x20, bilinear, half_pixel) input -> [4, 20, 3]
                    Flatten | "data_format": "channels_last" | x: flatten input -> [216]
                    Reshape | "target_shape": [-1] | x: flatten input -> [216]
                    Dropout | "rate": 0.5 | x: dropout input -> [9, 8, 3]
                    """)
    void oneLayer(String className, String config, String expected) throws IOException, InvalidInputException {
        String printed = print(sequential(INPUT, layer(className, "x", config)));
        List<String> lines = printed.lines().toList();
        assertEquals(expected, String.join("; ", lines.subList(1, lines.size() - 1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            textBlock = """
                    Lambda | "function": {"class_name": "__lambda__", "config": {"code": "4wEAAAA="}} | it is Python code, which is never run
                    Conv3DTranspose | "filters": 3 | the spec language has nothing for it
                    MaxPooling2D | "data_format": "channels_first" | it takes images with channels first
                    Activation | "activation": {"class_name": "function", "config": "mine"} | there is no activation 'mine' in the spec language
                    Conv2D | "filters": 9, "kernel_size": 3, "use_bias": false | its convolution kernel is [3, 3, 3, 8] in the file, but should be [3, 3, 3, 9]
                    Conv2D | "filters": 8, "kernel_size": 3 | the file has no bias for it
                    Conv2D | "kernel_size": 3 | its filters is missing or no positive whole number
                    Conv2D | "filters": 8, "kernel_size": [3, 0] | its kernel_size is no pair of sizes
                    Conv2D | "filters": 8, "kernel_size": 1e9 | its kernel_size is no pair of sizes
                    Conv2D | "filters": 8, "kernel_size": 3, "padding": "causal" | its padding is 'causal', not same or valid
                    Softmax | "axis": 1 | its axis is 1, not that of the channels
                    Reshape | "target_shape": [3, 8, 9] | it makes [3, 8, 9] of [9, 8, 3], which is no flattening
                    Reshape | "target_shape": [7, -1] | its target_shape [7, -1] does not fit [9, 8, 3]
                    ZeroPadding2D | "padding": [[0, -1], [2, 3]] | its padding is no list of sizes
                    Cropping2D | "cropping": -1 | its cropping is no list of sizes
                    UpSampling2D | "size": 2, "interpolation": "bicubic" | its interpolation is 'bicubic'
                    Resizing | "height": 4, "width": 4, "antialias": true | it has antialias, and makes its input smaller
                    Resizing | "height": 9, "width": 9, "crop_to_aspect_ratio": true | it crops or pads [9, 8, 3] to the shape of its height and width
                    Add | "x": 0 | it reads only one result
                    Multiply | "x": 0 | it reads only one result
                    Average | "x": 0 | it reads only one result
                    Normalization | "mean": [1, 2], "variance": 1 | its numbers are not one, or one for each channel
                    Normalization | "mean": 1, "variance": -1 | its variance is negative
                    Normalization | "mean": 1 | it scales by what is missing, not finite or no number
                    Rescaling | "scale": NaN | it scales by what is missing, not finite or no number
                    Rescaling | "scale": 1, "offset": -Infinity | it scales by what is missing, not finite or no number
                    Rescaling | "scale": [1e200, "x", 1] | it scales by what is missing, not finite or no number
                    """)
    void whatCannotBe(String className, String config, String reason) {
        assertEquals(List.of("cannot import '" + className + "' 'x': " + reason),
                problems(sequential(INPUT, layer(className, "x", config))));
    }

    @Test
    void allLayersThatCannotBeAreNamedAtOnce() {
        assertEquals(List.of("cannot import 'Lambda' 'one': it is Python code, which is never run",
                "cannot import 'Mine' 'two': its class is not one of Keras', and its code not in the file",
                "cannot import 'MaxPooling2D' 'inner': it takes images with channels first",
                "cannot import 'GRU' 'last': the spec language has nothing for it"),
                problems(sequential(INPUT, layer("Lambda", "one", ""),
                        "{\"class_name\": \"Mine\", \"module\": \"my.package\", \"config\": {\"name\": \"two\"}}",
                        sequential(layer("MaxPooling2D", "inner", "\"data_format\": \"channels_first\"")),
                        layer("GRU", "last", ""))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            textBlock = """
                    {"class_name": "MyModel", "config": {"name": "m"}} | is a model of the class 'MyModel', whose code is not in the file
                    {"class_name": "Sequential", "config": {"layers": []}} | takes an input of the shape [], not [batch, height, width, channels]
                    {"class_name": "Sequential", "config": {"layers": [{"class_name": "InputLayer", "config": {"name": "i", "batch_shape": [null, null, null, 3]}}]}} | does not say how large its pictures are
                    {"class_name": "Sequential", "config": {"layers": [{"class_name": "InputLayer", "config": {"name": "i", "batch_shape": [null, 100000, 100000, 3]}}]}} | takes an input of more than 268435456 numbers
                    {"class_name": "Sequential", "config": {"layers": [{"class_name": "InputLayer", "config": {"name": "i", "batch_shape": [null, 9, 9, 3]}}]}} | has no layer that computes anything
                    """)
    void modelsThatAreNoNetworks(String config, String message) {
        assertEquals(List.of(message), problems(config));
    }

    @Test
    void sizesMayBeGivenForThoseOfTheModel() throws IOException, InvalidInputException {
        String config = sequential(INPUT.replace("9, 8", "null, null"), layer("ReLU", "x", ""));
        assertEquals("x: relu input -> [5, 7, 3]", GraphPrinter
                .print(read(config, Optional.of(new Pair(5, 7))).graph()).lines().toList().get(1));
    }

    @Test
    void modelsInsideOfModelsAreFlattenedAndLayersShared() throws IOException, InvalidInputException {
        String inner = functional("inner", layerOf("InputLayer", "i", "\"batch_shape\": [null, 9, 8, 3]", ""),
                layerOf("ReLU", "act", "", call("i", 0)), ends("i", "act", 0));
        String outer = functional("outer", layerOf("InputLayer", "in", "\"batch_shape\": [null, 9, 8, 3]", ""),
                inner.replaceFirst("\\}$", ", \"name\": \"inner\", \"inbound_nodes\": [" + call("in", 0) + ", "
                        + call("inner", 1) + "]}"),
                layerOf("Add", "sum", "", "[[\"inner\", 1, 0, {}], [\"inner\", 2, 0, {}]]"), ends("in", "sum", 0));
        assertEquals("""
                input: input -> [9, 8, 3]
                act: relu input -> [9, 8, 3]
                act_2: relu act -> [9, 8, 3]
                sum: add act, act_2 -> [9, 8, 3]
                output: output sum -> [9, 8, 3]
                """, print(outer));
    }

    /** The second use of a layer is ready before the first: each result is still that of its own use. */
    @Test
    void usesOfALayerMayComeInAnyOrder() throws IOException, InvalidInputException {
        String model = functional("m", layerOf("InputLayer", "in", "\"batch_shape\": [null, 9, 8, 3]", ""),
                layerOf("Activation", "shared", "\"activation\": \"tanh\"", call("late", 0) + ", " + call("in", 0)),
                layerOf("ReLU", "late", "", call("shared", 1)), ends("in", "shared", 0));
        assertEquals("""
                input: input -> [9, 8, 3]
                shared: tanh input -> [9, 8, 3]
                late: relu shared -> [9, 8, 3]
                shared_2: tanh late -> [9, 8, 3]
                output: output shared_2 -> [9, 8, 3]
                """, print(model));
    }

    @Test
    void wiringThatLeadsNowhereIsRefused() {
        String model = functional("m", layerOf("InputLayer", "in", "\"batch_shape\": [null, 9, 8, 3]", ""),
                layerOf("ReLU", "a", "", call("b", 0)), layerOf("ReLU", "b", "", call("a", 0)), ends("in", "b", 0));
        assertEquals(List.of("cannot be imported: its layer 'a' reads 'b', which reads it in turn or is not there"),
                problems(model));
    }

    @Test
    void firstLayersThatScaleBecomeAPartOfTheInput() throws IOException, InvalidInputException {
        ForeignNetwork network = read(
                sequential(INPUT, layer("Rescaling", "s", "\"scale\": 0.5, \"offset\": [1, 2, 3]"),
                        layer("Normalization", "n", "\"mean\": [1, 2, 3], \"variance\": 4"), layer("ReLU", "x", "")),
                Optional.empty());
        assertEquals(Collections.nCopies(3, new Linear(0.25, 0)), network.scaling().channels());
        assertEquals(Optional.of(new Pictures("bilinear", OptionalInt.empty(), "rgb",
                Collections.nCopies(3, new Linear(1, 0)))), network.pictures());
        assertEquals(3, network.graph().nodes().size());
        assertEquals(List.of("what is computed by 's', 'n' is said at the input; arrays are raw, as Keras takes them"),
                network.findings());
    }

    @ParameterizedTest
    @CsvSource({"0.00784313725490196, -1, true", "0.00392156862745098, 0, true", "1, -103.9, true", "0, 3, true",
        "4.366812227074235, -2.117903930131004, false", "2, -1, false", "255, -103.9, false"})
    void whatAnArrayHoldsIsToldByItsScaling(double scale, double offset, boolean isOfLevels)
            throws IOException, InvalidInputException {
        ForeignNetwork network = read(sequential(INPUT,
                layer("Rescaling", "s", "\"scale\": " + scale + ", \"offset\": " + offset), layer("ReLU", "x", "")),
                Optional.empty());
        assertEquals(isOfLevels, network.pictures().isPresent());
        assertEquals(isOfLevels, network.scaling().isOfLevels());
        assertEquals(Collections.nCopies(3, isOfLevels ? new Linear(1, 0) : new Linear(1 / 255.0, 0)),
                network.scaling().likelyPictures().scaling());
    }

    @Test
    void imagesOfAnyNumberOfChannelsAreScaled() throws IOException, InvalidInputException {
        ForeignNetwork network = read(sequential(INPUT.replace("8, 3", "8, 2"),
                layer("Normalization", "n", "\"mean\": [1, 2], \"variance\": 4"), layer("ReLU", "x", "")),
                Optional.empty());
        assertEquals(List.of(new Linear(0.5, -0.5), new Linear(0.5, -1)), network.scaling().channels());
    }

    @Test
    void whatLayersTogetherScaleByIsFinite() {
        assertEquals(List.of("cannot import 'Rescaling' 't': it scales by what is missing, not finite or no number"),
                problems(sequential(INPUT, layer("Rescaling", "s", "\"scale\": 1e200"),
                        layer("Rescaling", "t", "\"scale\": 1e200"), layer("ReLU", "x", ""))));
    }

    @Test
    void laterLayersThatScaleAreArithmeticOfChannels() throws IOException, InvalidInputException {
        assertEquals("""
                input: input -> [9, 8, 3]
                x: relu input -> [9, 8, 3]
                s: scale(factor 2.0) x -> [9, 8, 3]
                output: output s -> [9, 8, 3]
                """, print(sequential(INPUT, layer("ReLU", "x", ""), layer("Rescaling", "s", "\"scale\": 2"))));
    }

    @Test
    void pooledChannelsMayBecomeAnImageOfOnePixel() throws IOException, InvalidInputException {
        assertEquals("""
                input: input -> [9, 8, 3]
                r: global_avg_pool2d(keepdims) input -> [1, 1, 3]
                f: flatten r -> [3]
                output: output f -> [3]
                """, print(sequential(INPUT, layer("GlobalAveragePooling2D", "p", ""),
                layer("Reshape", "r", "\"target_shape\": [1, 1, 3]"), layer("Reshape", "f", "\"target_shape\": [3]"))));
    }

    private static String print(String config) throws IOException, InvalidInputException {
        return GraphPrinter.print(read(config, Optional.empty()).graph());
    }

    private static ForeignNetwork read(String config, Optional<Pair> size) throws IOException, InvalidInputException {
        return KerasImport.read(KerasFiles.withConfig(config), "m", size);
    }

    private static List<String> problems(String config) {
        return assertThrows(InvalidInputException.class, () -> read(config, Optional.empty())).diagnostics().stream()
                .map(diagnostic -> diagnostic.message()).toList();
    }

    private static String sequential(String... layers) {
        return "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"m\", \"layers\": ["
                + String.join(", ", layers)
                + "]}}";
    }

    private static String layer(String className, String name, String config) {
        return "{\"class_name\": \"" + className + "\", \"config\": {\"name\": \"" + name + "\""
                + (config.isEmpty() ? "" : ", " + config) + "}}";
    }

    /** The last part is the model's input and output. */
    private static String functional(String name, String... parts) {
        String layers = List.of(parts).subList(0, parts.length - 1).stream().collect(Collectors.joining(", "));
        return "{\"class_name\": \"Functional\", \"config\": {\"name\": \"" + name + "\", \"layers\": [" + layers
                + "], "
                + parts[parts.length - 1] + "}}";
    }

    private static String ends(String input, String output, int index) {
        return "\"input_layers\": [[\"" + input + "\", 0, 0]], \"output_layers\": [[\"" + output + "\", " + index
                + ", 0]]";
    }

    private static String layerOf(String className, String name, String config, String call) {
        return layer(className, name, config).replaceFirst("\\}$",
                ", \"name\": \"" + name + "\", \"inbound_nodes\": [" + call + "]}");
    }

    private static String call(String source, int index) {
        return "[[\"" + source + "\", " + index + ", 0, {}]]";
    }
}
