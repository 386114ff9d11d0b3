package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.assertSameOutput;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.SeededWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the passes make of the networks that people know. */
class ZooPipelineTest {

    private static final Path ZOO = Path.of("../../generated-examples/models");

    private static Graph zoo(String model, Optional<ImageSize> size) {
        Diagnostics diagnostics = new Diagnostics();
        Spec spec = SpecParser.parse(model + ".yaml", text(model), diagnostics).orElseThrow();
        SeededWeights weights = new SeededWeights(1, Lowering.convention(spec), diagnostics);
        return Lowering.lower(spec, size, weights, diagnostics).orElseThrow().graph();
    }

    private static String text(String model) {
        try {
            return Files.readString(ZOO.resolve(model + ".yaml"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    xception              | {conv2d=6, dense=1, global_avg_pool2d=1, input=1, max_pool2d=4, output=1, separable_conv2d=34, softmax=1}
                    xception-pytorch      | {conv2d=6, dense=1, global_avg_pool2d=1, input=1, max_pool2d=4, output=1, separable_conv2d=34}
                    xception-walkthrough  | {conv2d=6, dense=1, global_avg_pool2d=1, input=1, max_pool2d=4, output=1, separable_conv2d=37}
                    xception-shapes       | {conv2d=5, dense=1, global_avg_pool2d=1, input=1, max_pool2d=3, output=1, separable_conv2d=16, softmax=1}
                    googlenet-module      | {concat=1, conv2d=6, input=1, max_pool2d=1, output=1}
                    factorised-module     | {avg_pool2d=1, concat=1, conv2d=10, input=1, output=1}
                    extreme-inception     | {conv2d=1, depthwise_conv2d=1, input=1, output=1, repeat_channels=1}
                    xception41            | {conv2d=6, dense=1, global_avg_pool2d=1, input=1, output=1, separable_conv2d=39}
                    xception41-stride8    | {conv2d=6, dense=1, global_avg_pool2d=1, input=1, output=1, separable_conv2d=39}
                    xception65            | {conv2d=6, dense=1, global_avg_pool2d=1, input=1, output=1, separable_conv2d=63}
                    xception71            | {conv2d=8, dense=1, global_avg_pool2d=1, input=1, output=1, separable_conv2d=69}
                    mobilenet             | {conv2d=2, flatten=1, global_avg_pool2d=1, input=1, output=1, separable_conv2d=13, softmax=1}
                    mobilenet-v2          | {conv2d=18, dense=1, global_avg_pool2d=1, input=1, output=1, separable_conv2d=17}
                    inception-v3          | {avg_pool2d=9, concat=15, conv2d=94, dense=1, global_avg_pool2d=1, input=1, max_pool2d=4, output=1}
                    mini-xception           | {conv2d=7, global_avg_pool2d=1, input=1, max_pool2d=4, output=1, separable_conv2d=8, softmax=1}
                    xception-from-scratch   | {conv2d=4, dense=1, global_avg_pool2d=1, input=1, max_pool2d=3, output=1, separable_conv2d=7}
                    tiny-xception           | {conv2d=4, dense=2, global_avg_pool2d=1, input=1, max_pool2d=3, output=2, separable_conv2d=13, softmax=1}
                    xception-squeeze-excite | {add=8, conv2d=6, dense=25, global_avg_pool2d=13, input=1, max_pool2d=4, multiply=12, output=1, separable_conv2d=34, softmax=1}
                    deeplab-v3-plus         | {concat=2, conv2d=11, global_avg_pool2d=1, input=1, output=1, resize2d=2, separable_conv2d=68, up_sampling2d=1}
                    unet-xception           | {conv2d=17, input=1, max_pool2d=3, output=1, separable_conv2d=6, softmax=1, up_sampling2d=8}
                    mobilenet-v3-small      | {conv2d=39, dense=2, depthwise_conv2d=9, global_avg_pool2d=10, input=1, output=1, separable_conv2d=2}
                    mobilenet-v3-large      | {conv2d=40, dense=2, depthwise_conv2d=8, global_avg_pool2d=9, input=1, output=1, separable_conv2d=7}
                    efficientnet-b0         | {conv2d=65, dense=1, depthwise_conv2d=16, global_avg_pool2d=17, input=1, output=1}
                    efficientnet-lite0      | {conv2d=17, dense=1, global_avg_pool2d=1, input=1, output=1, separable_conv2d=16}
                    resnet50                | {conv2d=53, dense=1, global_avg_pool2d=1, input=1, max_pool2d=1, output=1}
                    densenet121             | {affine=1, avg_pool2d=3, concat=58, conv2d=120, dense=1, global_avg_pool2d=1, input=1, max_pool2d=1, output=1, relu=1}
                    """)
    void leavesNothingToFuse(String model, String expected) {
        Map<String, Long> counts = Pipeline.STANDARD.run(zoo(model, Optional.empty())).graph().nodes().stream()
                .collect(Collectors.groupingBy(node -> node.op().keyword(), TreeMap::new, Collectors.counting()));
        assertEquals(expected, counts.toString());
    }

    @Test
    void xceptionsMiddleFlowIsTwentyFourSteps() {
        List<Node> nodes = Pipeline.STANDARD.run(zoo("xception", Optional.empty())).graph().nodes();
        List<Node> middle = nodes.stream().filter(node -> node.name().matches("block([5-9]|1[0-2])_.*")).toList();
        assertEquals(24, middle.size());
        for (int step = 0; step < middle.size(); step += 3) {
            int block = 5 + step / 3;
            String before = block == 5 ? "conv2d_2" : "block" + (block - 1) + "_sepconv3";
            assertEquals(middleBlock(block, before),
                    middle.subList(step, step + 3).stream().map(GraphPrinter::line).collect(Collectors.joining("\n")));
        }
    }

    private static String middleBlock(int block, String before) {
        return """
                block5_sepconv1: separable_conv2d(rectified input, 3x3, padding [1, 1, 1, 1], bias, relu) BEFORE -> [19, 19, 728]  \
                # block5_sepconv1_act, block5_sepconv1, block5_sepconv1_bn, block5_sepconv2_act
                block5_sepconv2: separable_conv2d(3x3, padding [1, 1, 1, 1], bias, relu) block5_sepconv1 -> [19, 19, 728]  \
                # block5_sepconv2, block5_sepconv2_bn, block5_sepconv3_act
                block5_sepconv3: separable_conv2d(3x3, padding [1, 1, 1, 1], bias, residual) block5_sepconv2, BEFORE -> [19, 19, 728]  \
                # block5_sepconv3, block5_sepconv3_bn, add_ADD"""
                .replace("block5", "block" + block).replace("BEFORE", before)
                .replace("ADD", Integer.toString(block - 2));
    }

    @Test
    void theWalkthroughsMiddleBlockIsPackedOnce() {
        List<SeparableConv2d> middle =
                Pipeline.STANDARD.run(zoo("xception-walkthrough", Optional.empty())).graph().nodes()
                        .stream().filter(node -> node.name().startsWith("block_3x3_middle"))
                        .map(node -> (SeparableConv2d) node.op())
                        .toList();
        assertEquals(27, middle.size());
        assertEquals(3, middle.stream().map(SeparableConv2d::kernel).distinct().count());
        assertEquals(9, middle.stream().flatMap(op -> op.tensors().stream()).distinct().count());
    }

    @ParameterizedTest
    @CsvSource({"xception, 71, 75", "xception-walkthrough, 40, 33", "xception-shapes, 64, 64",
        "extreme-inception, 30, 30",
        "googlenet-module, 28, 28", "factorised-module, 17, 17", "xception41-stride8, 21, 17", "mobilenet, 32, 33",
        "mobilenet-v2, 32, 33"})
    void computesTheSame(String model, int height, int width) {
        Graph graph = zoo(model, Optional.of(new ImageSize(height, width)));
        assertSameOutput(graph, Pipeline.STANDARD.run(graph).graph());
    }
}
