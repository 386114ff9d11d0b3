package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.SAME_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.assertLeaves;
import static io.xceptionc.compiler.pass.PassAssertions.assertRewrites;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Sketch;
import org.junit.jupiter.api.Test;

class FuseSeparableTest {

    private static final Pass PASS = new FuseSeparable();
    private static final Fusion RELU = Fusion.NONE.withActivation(Activation.RELU);

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(4, 5, 3);

    private Node depthwise(int multiplier, boolean bias, Fusion fusion) {
        return sketch.add(sketch.depthwise(3, multiplier, SAME_3X3, bias).withFusion(fusion), input);
    }

    private Op pointwise(int channelsIn, boolean bias) {
        return sketch.conv2d(channelsIn, 3, Window.POINTWISE, 1, bias);
    }

    @Test
    void makesOneConvolutionOfTwo() {
        Op second =
                sketch.conv2d(6, 3, Window.POINTWISE, 1, true)
                        .withFusion(Fusion.NONE.withResidual().withActivation(Activation.RELU6));
        Node depthwise = depthwise(2, false, Fusion.NONE.withRectifiedInput());
        assertRewrites(PASS, sketch.build(sketch.add(second, depthwise, input)),
                """
                        input: input -> [4, 5, 3]
                        depthwise_conv2d: depthwise_conv2d(rectified input, 3x3, padding [1, 1, 1, 1], multiplier 2) input -> [4, 5, 6]
                        conv2d: conv2d(1x1, bias, residual, relu6) depthwise_conv2d, input -> [4, 5, 3]
                        output: output conv2d -> [4, 5, 3]
                        """,
                """
                        input: input -> [4, 5, 3]
                        conv2d: separable_conv2d(rectified input, 3x3, padding [1, 1, 1, 1], multiplier 2, bias, residual, relu6) input, input -> [4, 5, 3]  # depthwise_conv2d, conv2d
                        output: output conv2d -> [4, 5, 3]
                        """);
    }

    @Test
    void movesTheFirstBiasIntoTheSecond() {
        Node one = sketch.add(pointwise(3, false), depthwise(1, true, Fusion.NONE));
        Node two = sketch.add(pointwise(6, true), depthwise(2, true, Fusion.NONE));
        assertRewrites(PASS, sketch.build(sketch.add(new Add(), one, two)), """
                input: input -> [4, 5, 3]
                depthwise_conv2d: depthwise_conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 3]
                conv2d: conv2d(1x1) depthwise_conv2d -> [4, 5, 3]
                depthwise_conv2d_2: depthwise_conv2d(3x3, padding [1, 1, 1, 1], multiplier 2, bias) input -> [4, 5, 6]
                conv2d_2: conv2d(1x1, bias) depthwise_conv2d_2 -> [4, 5, 3]
                add: add conv2d, conv2d_2 -> [4, 5, 3]
                output: output add -> [4, 5, 3]
                """,
                """
                        input: input -> [4, 5, 3]
                        conv2d: separable_conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 3]  # depthwise_conv2d, conv2d
                        conv2d_2: separable_conv2d(3x3, padding [1, 1, 1, 1], multiplier 2, bias) input -> [4, 5, 3]  # depthwise_conv2d_2, conv2d_2
                        add: add conv2d, conv2d_2 -> [4, 5, 3]
                        output: output add -> [4, 5, 3]
                        """);
    }

    @Test
    void keepsAnActivationBetweenTheHalves() {
        assertRewrites(PASS, sketch.build(sketch.add(pointwise(3, false), depthwise(1, true, RELU))), """
                input: input -> [4, 5, 3]
                depthwise_conv2d: depthwise_conv2d(3x3, padding [1, 1, 1, 1], bias, relu) input -> [4, 5, 3]
                conv2d: conv2d(1x1) depthwise_conv2d -> [4, 5, 3]
                output: output conv2d -> [4, 5, 3]
                """,
                """
                        input: input -> [4, 5, 3]
                        conv2d: separable_conv2d(3x3, padding [1, 1, 1, 1], depthwise bias, depthwise relu) input -> [4, 5, 3]  # depthwise_conv2d, conv2d
                        output: output conv2d -> [4, 5, 3]
                        """);
    }

    @Test
    void leavesADepthwiseConvolutionThatOthersReadToo() {
        Node depthwise = depthwise(1, false, Fusion.NONE);
        assertLeaves(PASS, sketch.build(sketch.add(new Add(), depthwise, sketch.add(pointwise(3, true), depthwise))));
        Op residual = sketch.conv2d(3, 3, Window.POINTWISE, 1, true).withFusion(Fusion.NONE.withResidual());
        Node other = depthwise(1, false, Fusion.NONE);
        assertLeaves(PASS, sketch.build(sketch.add(residual, other, other)));
        assertLeaves(PASS, sketch.build(sketch.add(residual, input, depthwise(1, false, Fusion.NONE))));
    }

    @Test
    void leavesADepthwiseConvolutionWithResidual() {
        Op residual = sketch.depthwise(3, 1, SAME_3X3, true).withFusion(Fusion.NONE.withResidual());
        assertLeaves(PASS, sketch.build(sketch.add(pointwise(3, true), sketch.add(residual, input, input))));
    }

    @Test
    void leavesWhatIsNotPointwise() {
        Window strided = new Window(1, 1, 1, 2, 1, 1, Padding.NONE);
        Window padded = Window.POINTWISE.withPadding(new Padding(0, 1, 0, 0));
        for (Window window : new Window[] {strided, padded, SAME_3X3}) {
            assertLeaves(PASS,
                    sketch.build(sketch.add(sketch.conv2d(3, 3, window, 1, true), depthwise(1, true, Fusion.NONE))));
        }
        assertLeaves(PASS,
                sketch.build(sketch.add(sketch.conv2d(3, 3, Window.POINTWISE, 3, true), depthwise(1, true, RELU))));
    }

    @Test
    void leavesAnActivationThatIsNotFused() {
        Op rectifying = sketch.conv2d(3, 3, Window.POINTWISE, 1, true).withFusion(Fusion.NONE.withRectifiedInput());
        assertLeaves(PASS, sketch.build(sketch.add(rectifying, depthwise(1, true, Fusion.NONE))));
        Node activated = sketch.add(new Activate(Activation.RELU), depthwise(1, true, Fusion.NONE));
        assertLeaves(PASS, sketch.build(sketch.add(pointwise(3, true), activated)));
    }
}
