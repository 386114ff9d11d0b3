package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.SAME_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.assertLeaves;
import static io.xceptionc.compiler.pass.PassAssertions.assertRewrites;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.testing.Sketch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuseActivationTest {

    private static final Pass PASS = new FuseActivation();

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(4, 5, 2);

    private Node activate(Activation activation, Node x) {
        return sketch.add(new Activate(activation), x);
    }

    @Test
    void clampsInTheConvolution() {
        Node conv = activate(Activation.RELU, sketch.add(sketch.conv2d(2, 2, SAME_3X3, 1, true), input));
        Node depthwise = activate(Activation.RELU6, sketch.add(sketch.depthwise(2, 2, SAME_3X3, false), conv));
        Op residual =
                sketch.separable(4, 1, 4, SAME_3X3, true).withFusion(Fusion.NONE.withRectifiedInput().withResidual());
        Node separable = activate(Activation.RELU, sketch.add(residual, depthwise, depthwise));
        Node pooled = sketch.add(new GlobalPool2d(Reduction.MEAN), separable);
        Node dense = activate(Activation.RELU, sketch.add(sketch.dense(4, 3, true), pooled));
        assertRewrites(PASS, sketch.build(dense),
                """
                        input: input -> [4, 5, 2]
                        conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 2]
                        relu: relu conv2d -> [4, 5, 2]
                        depthwise_conv2d: depthwise_conv2d(3x3, padding [1, 1, 1, 1], multiplier 2) relu -> [4, 5, 4]
                        relu6: relu6 depthwise_conv2d -> [4, 5, 4]
                        separable_conv2d: separable_conv2d(rectified input, 3x3, padding [1, 1, 1, 1], bias, residual) relu6, relu6 -> [4, 5, 4]
                        relu_2: relu separable_conv2d -> [4, 5, 4]
                        global_avg_pool2d: global_avg_pool2d relu_2 -> [4]
                        dense: dense(bias) global_avg_pool2d -> [3]
                        relu_3: relu dense -> [3]
                        output: output relu_3 -> [3]
                        """,
                """
                        input: input -> [4, 5, 2]
                        conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias, relu) input -> [4, 5, 2]  # conv2d, relu
                        depthwise_conv2d: depthwise_conv2d(3x3, padding [1, 1, 1, 1], multiplier 2, relu6) conv2d -> [4, 5, 4]  # depthwise_conv2d, relu6
                        separable_conv2d: separable_conv2d(rectified input, 3x3, padding [1, 1, 1, 1], bias, residual, relu) depthwise_conv2d, depthwise_conv2d -> [4, 5, 4]  # separable_conv2d, relu_2
                        global_avg_pool2d: global_avg_pool2d separable_conv2d -> [4]
                        dense: dense(bias, relu) global_avg_pool2d -> [3]  # dense, relu_3
                        output: output dense -> [3]
                        """);
    }

    @Test
    void takesTheTighterOfTwoClamps() {
        Node one = activate(Activation.RELU, sketch.add(sketch.conv2d(2, 2, SAME_3X3, 1, true), input));
        Node two = activate(Activation.RELU6, sketch.add(sketch.conv2d(2, 2, SAME_3X3, 1, true), input));
        assertRewrites(PASS,
                sketch.build(sketch.add(new Add(), activate(Activation.RELU6, one), activate(Activation.RELU, two))),
                """
                        input: input -> [4, 5, 2]
                        conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 2]
                        relu: relu conv2d -> [4, 5, 2]
                        relu6_2: relu6 relu -> [4, 5, 2]
                        conv2d_2: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 2]
                        relu6: relu6 conv2d_2 -> [4, 5, 2]
                        relu_2: relu relu6 -> [4, 5, 2]
                        add: add relu6_2, relu_2 -> [4, 5, 2]
                        output: output add -> [4, 5, 2]
                        """,
                """
                        input: input -> [4, 5, 2]
                        conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias, relu6) input -> [4, 5, 2]  # conv2d, relu, relu6_2
                        conv2d_2: conv2d(3x3, padding [1, 1, 1, 1], bias, relu6) input -> [4, 5, 2]  # conv2d_2, relu6, relu_2
                        add: add conv2d, conv2d_2 -> [4, 5, 2]
                        output: output add -> [4, 5, 2]
                        """);
    }

    @Test
    void leavesAConvolutionThatOthersReadToo() {
        Node conv = sketch.add(sketch.conv2d(2, 2, SAME_3X3, 1, true), input);
        assertLeaves(PASS, sketch.build(sketch.add(new Add(), conv, activate(Activation.RELU, conv))));
    }

    @Test
    void takesAnyFunctionAfterASum() {
        Node conv = sketch.add(sketch.conv2d(2, 2, SAME_3X3, 1, true).withFusion(Fusion.NONE.withResidual()), input,
                input);
        assertRewrites(PASS, sketch.build(activate(new Activation(Activation.Kind.LEAKY_RELU, 0.1f), conv)),
                """
                        input: input -> [4, 5, 2]
                        conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias, residual) input, input -> [4, 5, 2]
                        leaky_relu: leaky_relu(slope 0.1) conv2d -> [4, 5, 2]
                        output: output leaky_relu -> [4, 5, 2]
                        """,
                """
                        input: input -> [4, 5, 2]
                        conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias, residual, leaky_relu of slope 0.1) input, input -> [4, 5, 2]  # conv2d, leaky_relu
                        output: output conv2d -> [4, 5, 2]
                        """);
    }

    @ParameterizedTest
    @CsvSource({"RELU, SWISH", "SWISH, RELU", "SIGMOID, SIGMOID"})
    void leavesTheSecondOfTwoFunctions(Activation.Kind first, Activation.Kind second) {
        Op conv =
                sketch.conv2d(2, 2, SAME_3X3, 1, true).withFusion(Fusion.NONE.withActivation(new Activation(first, 0)));
        assertLeaves(PASS, sketch.build(activate(new Activation(second, 0), sketch.add(conv, input))));
    }

    @Test
    void leavesWhatIsNoConvolution() {
        assertLeaves(PASS, sketch.build(activate(Activation.RELU, sketch.add(new Add(), input, input))));
    }
}
