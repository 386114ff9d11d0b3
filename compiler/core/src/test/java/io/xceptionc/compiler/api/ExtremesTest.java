package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.testing.Comparison;
import io.xceptionc.compiler.testing.RandomGraphs;
import io.xceptionc.runtime.CompiledModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a spec can say at the ends of its attributes' ranges runs, in the very jar that is delivered, its warm-up
 * included. Layers stand side by side in a network, so that many of them cost one compilation.
 */
class ExtremesTest {

    @TempDir
    private Path folder;

    /** An input and what is done to it; each text is a list of layers. */
    record Extremes(String name, String shape, List<String> paths) {

        @Override
        public String toString() {
            return name;
        }

        String spec() {
            return "model: extremes\ninput: {shape: " + shape + "}\nlayers:\n  - branches:\n      paths:\n"
                    + paths.stream().map(path -> "        - [" + path + ", flatten]\n").collect(Collectors.joining());
        }
    }

    private static Extremes of(String name, String shape, String... paths) {
        return new Extremes(name, shape, List.of(paths));
    }

    static Stream<Extremes> extremes() {
        return Stream.of(of("windows as large as the image", "[40, 40, 3]",
                "{depthwise_conv2d: {kernel: 23, padding: same}}",
                "{depthwise_conv2d: {kernel: 40}}",
                "{depthwise_conv2d: {kernel: [40, 13]}}",
                "{depthwise_conv2d: {kernel: [13, 40], multiplier: 3}}",
                "{depthwise_conv2d: {kernel: [1, 40]}}",
                "{depthwise_conv2d: {kernel: [40, 1]}}",
                "{separable_conv2d: {filters: 5, kernel: 29, padding: same, stride: 7}}",
                "{separable_conv2d: {filters: 5, kernel: 40}}",
                "{conv2d: {filters: 5, kernel: 40}}",
                "{conv2d: {filters: 5, kernel: 31, padding: same, stride: 13}}",
                "{max_pool2d: {kernel: 40}}",
                "{max_pool2d: {kernel: 40, padding: same, stride: 11}}",
                "{avg_pool2d: {kernel: 23, padding: same, stride: 3}}",
                "{avg_pool2d: {kernel: 40, padding: 39, stride: 17, count_padding: true}}"),
                of("windows larger than the image", "[2, 3, 2]",
                        "{depthwise_conv2d: {kernel: 255, padding: same}}",
                        "{depthwise_conv2d: {kernel: [1, 1024], padding: same}}",
                        "{depthwise_conv2d: {kernel: [1024, 1], padding: same}}",
                        "{separable_conv2d: {filters: 3, kernel: 255, padding: same}}",
                        "{conv2d: {filters: 3, kernel: 63, padding: same}}",
                        "{conv2d: {filters: 3, kernel: [1, 1024], padding: same}}",
                        "{conv2d: {filters: 3, kernel: [1024, 1], padding: 512}}",
                        "{max_pool2d: {kernel: 1024, padding: same, stride: 1}}",
                        "{avg_pool2d: {kernel: 1024, padding: same, stride: 1}}",
                        "{avg_pool2d: {kernel: 1024, padding: 1023, stride: 1024, count_padding: true}}"),
                of("steps and distances larger than the window", "[37, 41, 3]",
                        "{conv2d: {filters: 3, kernel: 1, stride: 36}}",
                        "{conv2d: {filters: 3, kernel: 3, stride: 1024}}",
                        "{conv2d: {filters: 20, kernel: 2, stride: [1, 40]}}",
                        "{conv2d: {filters: 3, kernel: 2, dilation: 36}}",
                        "{conv2d: {filters: 3, kernel: 3, dilation: 1024, padding: same}}",
                        "{depthwise_conv2d: {kernel: 3, stride: 1024, padding: same}}",
                        "{depthwise_conv2d: {kernel: 2, dilation: 36}}",
                        "{depthwise_conv2d: {kernel: 3, dilation: [500, 1], padding: same}}",
                        "{depthwise_conv2d: {kernel: 8, dilation: 5, padding: same}}",
                        "{separable_conv2d: {filters: 3, kernel: 3, stride: [30, 1], dilation: [1, 19], padding: same}}",
                        "{max_pool2d: {kernel: 1, stride: 7}}",
                        "{max_pool2d: {kernel: 2, stride: [1024, 1]}}",
                        "{avg_pool2d: {kernel: [1, 2], stride: 1024, padding: same}}",
                        "{zero_pad2d: {padding: [1024, 0, 0, 1024]}}, global_avg_pool2d"),
                of("a row", "[1, 16384, 1]", ofLines("[1, 1024]", "[1, 1023]", "[1, 255]")),
                of("a column", "[16384, 1, 1]", ofLines("[1024, 1]", "[1023, 1]", "[255, 1]")),
                of("a pixel of many channels", "[1, 1, 4096]",
                        "{conv2d: {filters: 3, kernel: 1}}",
                        "{conv2d: {filters: 4096, kernel: 1, groups: 4096}}",
                        "{conv2d: {filters: 8192, kernel: 3, groups: 4096, padding: same}}",
                        "{conv2d: {filters: 2, kernel: 1, groups: 2}}",
                        "{conv2d: {filters: 1, kernel: 5, padding: same}}",
                        "{depthwise_conv2d: {kernel: 5, padding: same, multiplier: 3}}",
                        "{separable_conv2d: {filters: 2, kernel: 3, padding: same, multiplier: 4}}",
                        "{max_pool2d: {kernel: 3, padding: same}}, softmax",
                        "batch_norm, {conv2d: {filters: 40, kernel: 1, activation: swish}}",
                        "global_max_pool2d, {dense: {units: 33}}"),
                of("a single number", "[1, 1, 1]",
                        "{conv2d: {filters: 1, kernel: 1}}",
                        "{conv2d: {filters: 1, kernel: 63, padding: same}}",
                        "{depthwise_conv2d: {kernel: 1024, padding: same}}",
                        "{separable_conv2d: {filters: 65536, kernel: 1}}, batch_norm, softmax",
                        "flatten, {dense: {units: 1048576}}",
                        "softmax", "{avg_pool2d: {kernel: 1}}", "{zero_pad2d: {padding: 7}}"),
                of("very many filters", "[2, 2, 64]",
                        "{conv2d: {filters: 65536, kernel: 1, groups: 2, bias: false}}, global_avg_pool2d",
                        "{conv2d: {filters: 65536, kernel: 1, groups: 64}}, relu, global_max_pool2d",
                        "{conv2d: {filters: 65536, kernel: 1}}, sigmoid, global_avg_pool2d",
                        "{depthwise_conv2d: {kernel: 2, multiplier: 1024}}, softmax",
                        "{separable_conv2d: {filters: 7, kernel: 2, multiplier: 1024}}",
                        "{separable_conv2d: {filters: 65536, kernel: 1, stride: 2}}, batch_norm"),
                of("a thousand ways side by side", "[2, 3, 2]", branches("concat"), branches("add")),
                of("large windows of many sizes", "[3, 3, 2]", IntStream.rangeClosed(8, 14)
                        .mapToObj(size -> "{depthwise_conv2d: {kernel: [" + size + ", " + (size - 1)
                                + "], padding: same}}")
                        .toArray(String[]::new)),
                of("groups of all sizes", "[5, 4, 96]", Stream.of(1, 2, 3, 6, 8, 12, 16, 24, 32, 48, 96)
                        .flatMap(groups -> Stream.of("96", Integer.toString(groups), Integer.toString(groups * 33))
                                .map(filters -> "{conv2d: {filters: " + filters + ", kernel: [3, 2], groups: " + groups
                                        + ", padding: same}}"))
                        .toArray(String[]::new)));
    }

    private static String branches(String merge) {
        return "{branches: {merge: " + merge + ", paths: ["
                + String.join(", ", Collections.nCopies(1000, "[{depthwise_conv2d: {kernel: 1}}]")) + "]}}";
    }

    /** What can be done along the longer axis of an image, whose windows lie along it. */
    private static String[] ofLines(String largest, String odd, String small) {
        return new String[] {"{conv2d: {filters: 3, kernel: " + largest + ", stride: 1024}}",
            "{conv2d: {filters: 17, kernel: " + small + ", stride: 1024, padding: same}}, relu",
            "{conv2d: {filters: 17, kernel: 3, padding: same}}, global_avg_pool2d",
            "{depthwise_conv2d: {kernel: " + largest + ", stride: 1024}}",
            "{depthwise_conv2d: {kernel: " + odd + ", stride: 512, padding: same}}",
            "{separable_conv2d: {filters: 2, kernel: " + odd + ", stride: 512, padding: same}}",
            "{depthwise_conv2d: {kernel: 3, dilation: 1024, padding: same, stride: 3}}",
            "{max_pool2d: {kernel: " + largest + "}}",
            "{avg_pool2d: {kernel: " + odd + ", stride: 512, padding: same}}",
            "global_avg_pool2d", "global_max_pool2d", "flatten, {dense: {units: 3}}",
            "softmax, {max_pool2d: {kernel: " + largest + "}}"};
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void run(Extremes extremes) throws Exception {
        Path spec = Files.writeString(folder.resolve("extremes.yaml"), extremes.spec());
        Path jar = folder.resolve("extremes.jar");
        Compiler.compile(CompilerOptions.of(spec).withSeed(1).withoutSelfTest(), jar, stage -> {
        });
        Graph graph = FrontEnd.read(spec, new Diagnostics()).seeded(Optional.empty(), 1).network().graph();
        try (CompiledModel model = CompiledModel.open(jar)) {
            Comparison.assertComputes(graph, model.run(RandomGraphs.image(graph)));
        }
    }
}
