package io.xceptionc.compiler.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.testing.Sketch;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GraphPrinterTest {

    private static final Window SAME_3X3 = new Window(3, 3, 1, 1, 1, 1, new Padding(1, 1, 1, 1));
    private static final Window ODD = new Window(3, 5, 2, 1, 1, 2, new Padding(0, 1, 2, 3));
    private static final Activation LEAKY_RELU = new Activation(Activation.Kind.LEAKY_RELU, 0.25f);
    private static final Activation ELU = new Activation(Activation.Kind.ELU, 1.5f);
    private static final Sketch SKETCH = new Sketch(1);

    @Test
    void printsOneLineForEachNode() {
        Sketch sketch = new Sketch(1);
        Node input = sketch.input(9, 9, 4);
        Node conv = sketch.add(sketch.conv2d(4, 4, SAME_3X3, 1, true), input);
        Node norm = sketch.add(sketch.batchNorm(4, 1e-3, true, true), conv);
        Node sum = sketch.add("sum", new Add(), norm, input);
        Node pool = sketch.add(new GlobalPool2d(Reduction.MEAN), sum);
        Node dense = sketch.add(sketch.dense(4, 10, true), sketch.add(new Dropout(), pool));
        assertEquals("""
                input: input -> [9, 9, 4]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [9, 9, 4]
                batch_norm: batch_norm(epsilon 0.001, scale, center) conv2d -> [9, 9, 4]
                sum: add batch_norm, input -> [9, 9, 4]
                global_avg_pool2d: global_avg_pool2d sum -> [4]
                dropout: dropout global_avg_pool2d -> [4]
                dense: dense(bias) dropout -> [10]
                softmax: softmax dense -> [10]
                output: output softmax -> [10]
                """, GraphPrinter.print(sketch.build(sketch.add(new Softmax(), dense))));
    }

    @Test
    void namesTheLayersThatANodeComputes() {
        Sketch sketch = new Sketch(1);
        Node input = sketch.input(9, 9, 4);
        Node conv = sketch.add(sketch.conv2d(4, 4, SAME_3X3, 1, false), input);
        Node relu = sketch.add(new Activate(Activation.RELU), conv);
        Node fused = new Node("relu",
                sketch.conv2d(4, 4, SAME_3X3, 1, false)
                        .withFusion(Fusion.NONE.withResidual().withActivation(Activation.RELU)),
                List.of(input, input), Stream.concat(conv.origins().stream(), relu.origins().stream()).toList());
        assertEquals(
                "relu: conv2d(3x3, padding [1, 1, 1, 1], residual, relu) input, input -> [9, 9, 4]  # conv2d, relu",
                GraphPrinter.line(fused));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void describesWhatDiffersFromTheOrdinary(Op op, String expected) {
        assertEquals(expected, GraphPrinter.describe(op));
    }

    static Stream<Arguments> operators() {
        Fusion all = Fusion.NONE.withRectifiedInput().withResidual().withActivation(Activation.RELU6);
        return Stream.of(
                Arguments.of(SKETCH.conv2d(4, 6, Window.POINTWISE, 1, false), "conv2d(1x1)"),
                Arguments.of(SKETCH.conv2d(4, 6, ODD, 2, true).withFusion(all),
                        "conv2d(rectified input, 3x5, stride 2x1, dilation 1x2, padding [0, 1, 2, 3], groups 2, "
                                + "bias, residual, relu6)"),
                Arguments.of(
                        SKETCH.conv2d(4, 6, Window.POINTWISE, 1, false)
                                .withFusion(Fusion.NONE.withScaledInput(new Fusion.Stage.Gate())),
                        "conv2d(gated input, 1x1)"),
                Arguments.of(
                        SKETCH.conv2d(4, 6, Window.POINTWISE, 1, false)
                                .withFusion(Fusion.NONE.withRectifiedInput()
                                        .withScaledInput(new Fusion.Stage.Scale(SKETCH.affine(4)))),
                        "conv2d(scaled input, rectified input, 1x1)"),
                Arguments.of(SKETCH.depthwise(4, 1, SAME_3X3, false), "depthwise_conv2d(3x3, padding [1, 1, 1, 1])"),
                Arguments.of(SKETCH.depthwise(4, 3, SAME_3X3, true).withFusion(all),
                        "depthwise_conv2d(rectified input, 3x3, padding [1, 1, 1, 1], "
                                + "multiplier 3, bias, residual, relu6)"),
                Arguments.of(SKETCH.separable(4, 2, 6, SAME_3X3, true).withFusion(all),
                        "separable_conv2d(rectified input, 3x3, padding [1, 1, 1, 1], "
                                + "multiplier 2, bias, residual, relu6)"),
                Arguments.of(
                        SKETCH.separable(SKETCH.depthwise(4, 1, SAME_3X3, true)
                                .withFusion(Fusion.NONE.withActivation(Activation.RELU)), 6, false),
                        "separable_conv2d(3x3, padding [1, 1, 1, 1], depthwise bias, depthwise relu)"),
                Arguments.of(SKETCH.dense(4, 6, false), "dense"),
                Arguments.of(SKETCH.dense(4, 6, true).withFusion(all), "dense(rectified input, bias, residual, relu6)"),
                Arguments.of(SKETCH.batchNorm(4, 1e-5, false, false), "batch_norm(epsilon 1.0E-5)"),
                Arguments.of(SKETCH.affine(4), "affine"),
                Arguments.of(new Activate(Activation.RELU6), "relu6"),
                Arguments.of(new Activate(LEAKY_RELU), "leaky_relu(slope 0.25)"),
                Arguments.of(new Activate(ELU), "elu(alpha 1.5)"),
                Arguments.of(new Pool2d(Reduction.MAX, SAME_3X3, true), "max_pool2d(3x3, padding [1, 1, 1, 1])"),
                Arguments.of(new Pool2d(Reduction.MEAN, SAME_3X3, false), "avg_pool2d(3x3, padding [1, 1, 1, 1])"),
                Arguments.of(new Pool2d(Reduction.MEAN, SAME_3X3, true),
                        "avg_pool2d(3x3, padding [1, 1, 1, 1], count_padding)"),
                Arguments.of(new GlobalPool2d(Reduction.MAX, true), "global_max_pool2d(keepdims)"),
                Arguments.of(new ZeroPad2d(new Padding(1, 2, 3, 4)), "zero_pad2d([1, 2, 3, 4])"),
                Arguments.of(new RepeatChannels(2), "repeat_channels(2)"), Arguments.of(new Concat(), "concat"),
                Arguments.of(new Flatten(false), "flatten"),
                Arguments.of(new Flatten(true), "flatten(channels first)"));
    }
}
