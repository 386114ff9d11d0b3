package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.SAME_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.assertLeaves;
import static io.xceptionc.compiler.pass.PassAssertions.assertRewrites;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Sketch;
import org.junit.jupiter.api.Test;

class FuseResidualTest {

    private static final Pass PASS = new FuseResidual();

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(4, 5, 2);

    private Node conv(Window window) {
        return sketch.add(sketch.conv2d(2, 2, window, 1, true), input);
    }

    private Node add(Node... inputs) {
        return sketch.add(new Add(), inputs);
    }

    @Test
    void addsTheOtherSummandInTheConvolution() {
        Node first = add(input, conv(SAME_3X3));
        Node second = add(sketch.add(sketch.separable(2, 1, 2, SAME_3X3, false), first), first);
        assertRewrites(PASS, sketch.build(second), """
                input: input -> [4, 5, 2]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 2]
                add: add input, conv2d -> [4, 5, 2]
                separable_conv2d: separable_conv2d(3x3, padding [1, 1, 1, 1]) add -> [4, 5, 2]
                add_2: add separable_conv2d, add -> [4, 5, 2]
                output: output add_2 -> [4, 5, 2]
                """,
                """
                        input: input -> [4, 5, 2]
                        conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias, residual) input, input -> [4, 5, 2]  # conv2d, add
                        separable_conv2d: separable_conv2d(3x3, padding [1, 1, 1, 1], residual) conv2d, conv2d -> [4, 5, 2]  # separable_conv2d, add_2
                        output: output separable_conv2d -> [4, 5, 2]
                        """);
    }

    @Test
    void leavesASumOfDifferentShapes() {
        Node plane = sketch.add(sketch.conv2d(2, 1, Window.POINTWISE, 1, true), input);
        assertLeaves(PASS, sketch.build(add(plane, conv(SAME_3X3))));
        Node pixel = sketch.add(new GlobalPool2d(Reduction.MEAN, true), input);
        assertLeaves(PASS, sketch.build(add(pixel, conv(SAME_3X3))));
    }

    @Test
    void addsInTheConvolutionWithMoreWork() {
        assertRewrites(PASS, sketch.build(add(conv(SAME_3X3), conv(Window.POINTWISE))), """
                input: input -> [4, 5, 2]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 2]
                conv2d_2: conv2d(1x1, bias) input -> [4, 5, 2]
                add: add conv2d, conv2d_2 -> [4, 5, 2]
                output: output add -> [4, 5, 2]
                """, """
                input: input -> [4, 5, 2]
                conv2d_2: conv2d(1x1, bias) input -> [4, 5, 2]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias, residual) input, conv2d_2 -> [4, 5, 2]  # conv2d, add
                output: output conv2d -> [4, 5, 2]
                """);
    }

    @Test
    void chainsSeveralConvolutions() {
        assertRewrites(PASS, sketch.build(add(conv(SAME_3X3), conv(Window.POINTWISE), conv(SAME_3X3))), """
                input: input -> [4, 5, 2]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 2]
                conv2d_2: conv2d(1x1, bias) input -> [4, 5, 2]
                conv2d_3: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 2]
                add: add conv2d, conv2d_2, conv2d_3 -> [4, 5, 2]
                output: output add -> [4, 5, 2]
                """, """
                input: input -> [4, 5, 2]
                conv2d_2: conv2d(1x1, bias) input -> [4, 5, 2]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias, residual) input, conv2d_2 -> [4, 5, 2]  # conv2d, add
                conv2d_3: conv2d(3x3, padding [1, 1, 1, 1], bias, residual) input, conv2d -> [4, 5, 2]  # conv2d_3, add
                output: output conv2d_3 -> [4, 5, 2]
                """);
    }

    @Test
    void keepsTheSumOfWhatNoConvolutionYields() {
        Node relu = sketch.add(new Activate(Activation.RELU), input);
        assertRewrites(PASS, sketch.build(add(relu, conv(SAME_3X3), input)), """
                input: input -> [4, 5, 2]
                relu: relu input -> [4, 5, 2]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 2]
                add: add relu, conv2d, input -> [4, 5, 2]
                output: output add -> [4, 5, 2]
                """, """
                input: input -> [4, 5, 2]
                relu: relu input -> [4, 5, 2]
                add: add relu, input -> [4, 5, 2]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias, residual) input, add -> [4, 5, 2]  # conv2d, add
                output: output conv2d -> [4, 5, 2]
                """);
    }

    @Test
    void addsVectors() {
        Node vector = sketch.add(new GlobalPool2d(Reduction.MEAN), input);
        assertRewrites(PASS, sketch.build(add(sketch.add(sketch.dense(2, 2, false), vector), vector)), """
                input: input -> [4, 5, 2]
                global_avg_pool2d: global_avg_pool2d input -> [2]
                dense: dense global_avg_pool2d -> [2]
                add: add dense, global_avg_pool2d -> [2]
                output: output add -> [2]
                """, """
                input: input -> [4, 5, 2]
                global_avg_pool2d: global_avg_pool2d input -> [2]
                dense: dense(residual) global_avg_pool2d, global_avg_pool2d -> [2]  # dense, add
                output: output dense -> [2]
                """);
    }

    @Test
    void leavesAConvolutionThatOthersReadToo() {
        Node conv = conv(SAME_3X3);
        assertLeaves(PASS, sketch.build(sketch.add(new Concat(), add(conv, input), conv)));
        Node other = conv(SAME_3X3);
        assertLeaves(PASS, sketch.build(add(sketch.add(new Activate(Activation.RELU), other), other)));
    }

    @Test
    void leavesTheSumOfAConvolutionWithItself() {
        Node conv = conv(SAME_3X3);
        assertLeaves(PASS, sketch.build(add(conv, conv)));
    }

    @Test
    void leavesAConvolutionWithActivationOrResidual() {
        Op clamped = sketch.conv2d(2, 2, SAME_3X3, 1, true).withFusion(Fusion.NONE.withActivation(Activation.RELU));
        assertLeaves(PASS, sketch.build(add(input, sketch.add(clamped, input))));
        Op residual = sketch.conv2d(2, 2, SAME_3X3, 1, true).withFusion(Fusion.NONE.withResidual());
        assertLeaves(PASS, sketch.build(add(input, sketch.add(residual, input, input))));
    }

    @Test
    void leavesADepthwiseConvolution() {
        assertLeaves(PASS, sketch.build(add(input, sketch.add(sketch.depthwise(2, 1, SAME_3X3, true), input))));
    }

    @Test
    void leavesTheSumOfOne() {
        assertLeaves(PASS, sketch.build(add(conv(SAME_3X3))));
    }
}
