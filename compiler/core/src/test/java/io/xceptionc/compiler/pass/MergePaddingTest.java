package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.SAME_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.VALID_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.assertLeaves;
import static io.xceptionc.compiler.pass.PassAssertions.assertRewrites;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.testing.Sketch;
import org.junit.jupiter.api.Test;

class MergePaddingTest {

    private static final Pass PASS = new MergePadding();
    private static final Window POOL_3X2 = new Window(3, 2, 2, 2, 1, 1, Padding.NONE);

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(4, 5, 2);

    private Node pad(int top, int bottom, int left, int right, Node x) {
        return sketch.add(new ZeroPad2d(new Padding(top, bottom, left, right)), x);
    }

    private static Op averagePool(Padding padding, boolean countsPadding) {
        return new Pool2d(Reduction.MEAN, POOL_3X2.withPadding(padding), countsPadding);
    }

    @Test
    void widensTheWindowsOfConvolutions() {
        Node conv = sketch.add(sketch.conv2d(2, 3, new Window(3, 3, 2, 2, 1, 1, Padding.NONE), 1, true),
                pad(0, 1, 0, 1, input));
        Node depthwise = sketch.add(sketch.depthwise(3, 2, SAME_3X3, true), pad(0, 0, 1, 2, conv));
        Node separable = sketch.add(sketch.separable(6, 1, 4, VALID_3X3, false), pad(3, 1, 0, 0, depthwise));
        assertRewrites(PASS, sketch.build(separable),
                """
                        input: input -> [4, 5, 2]
                        zero_pad2d: zero_pad2d([0, 1, 0, 1]) input -> [5, 6, 2]
                        conv2d: conv2d(3x3, stride 2x2, bias) zero_pad2d -> [2, 2, 3]
                        zero_pad2d_2: zero_pad2d([0, 0, 1, 2]) conv2d -> [2, 5, 3]
                        depthwise_conv2d: depthwise_conv2d(3x3, padding [1, 1, 1, 1], multiplier 2, bias) zero_pad2d_2 -> [2, 5, 6]
                        zero_pad2d_3: zero_pad2d([3, 1, 0, 0]) depthwise_conv2d -> [6, 5, 6]
                        separable_conv2d: separable_conv2d(3x3) zero_pad2d_3 -> [4, 3, 4]
                        output: output separable_conv2d -> [4, 3, 4]
                        """,
                """
                        input: input -> [4, 5, 2]
                        conv2d: conv2d(3x3, stride 2x2, padding [0, 1, 0, 1], bias) input -> [2, 2, 3]  # zero_pad2d, conv2d
                        depthwise_conv2d: depthwise_conv2d(3x3, padding [1, 1, 2, 3], multiplier 2, bias) conv2d -> [2, 5, 6]  # zero_pad2d_2, depthwise_conv2d
                        separable_conv2d: separable_conv2d(3x3, padding [3, 1, 0, 0]) depthwise_conv2d -> [4, 3, 4]  # zero_pad2d_3, separable_conv2d
                        output: output separable_conv2d -> [4, 3, 4]
                        """);
    }

    @Test
    void addsPaddingsUp() {
        assertRewrites(PASS, sketch.build(pad(0, 1, 2, 3, pad(1, 1, 0, 4, input))), """
                input: input -> [4, 5, 2]
                zero_pad2d: zero_pad2d([1, 1, 0, 4]) input -> [6, 9, 2]
                zero_pad2d_2: zero_pad2d([0, 1, 2, 3]) zero_pad2d -> [7, 14, 2]
                output: output zero_pad2d_2 -> [7, 14, 2]
                """, """
                input: input -> [4, 5, 2]
                zero_pad2d_2: zero_pad2d([1, 2, 2, 7]) input -> [7, 14, 2]  # zero_pad2d, zero_pad2d_2
                output: output zero_pad2d_2 -> [7, 14, 2]
                """);
    }

    @Test
    void leavesTheSecondInputOfAConvolution() {
        Op residual = sketch.conv2d(2, 2, VALID_3X3, 1, true).withFusion(Fusion.NONE.withResidual());
        assertRewrites(PASS, sketch.build(sketch.add(residual, pad(2, 0, 1, 2, input), pad(0, 0, 1, 0, input))), """
                input: input -> [4, 5, 2]
                zero_pad2d: zero_pad2d([2, 0, 1, 2]) input -> [6, 8, 2]
                zero_pad2d_2: zero_pad2d([0, 0, 1, 0]) input -> [4, 6, 2]
                conv2d: conv2d(3x3, bias, residual) zero_pad2d, zero_pad2d_2 -> [4, 6, 2]
                output: output conv2d -> [4, 6, 2]
                """,
                """
                        input: input -> [4, 5, 2]
                        zero_pad2d_2: zero_pad2d([0, 0, 1, 0]) input -> [4, 6, 2]
                        conv2d: conv2d(3x3, padding [2, 0, 1, 2], bias, residual) input, zero_pad2d_2 -> [4, 6, 2]  # zero_pad2d, conv2d
                        output: output conv2d -> [4, 6, 2]
                        """);
    }

    @Test
    void countsTheZerosInMeans() {
        Node plain = sketch.add(averagePool(Padding.NONE, false), pad(2, 1, 1, 0, input));
        Node counting = sketch.add(averagePool(new Padding(1, 0, 0, 0), true), pad(1, 1, 1, 0, input));
        assertRewrites(PASS, sketch.build(sketch.add(new Concat(), plain, counting)), """
                input: input -> [4, 5, 2]
                zero_pad2d: zero_pad2d([2, 1, 1, 0]) input -> [7, 6, 2]
                avg_pool2d: avg_pool2d(3x2, stride 2x2) zero_pad2d -> [3, 3, 2]
                zero_pad2d_2: zero_pad2d([1, 1, 1, 0]) input -> [6, 6, 2]
                avg_pool2d_2: avg_pool2d(3x2, stride 2x2, padding [1, 0, 0, 0], count_padding) zero_pad2d_2 -> [3, 3, 2]
                concat: concat avg_pool2d, avg_pool2d_2 -> [3, 3, 4]
                output: output concat -> [3, 3, 4]
                """,
                """
                        input: input -> [4, 5, 2]
                        avg_pool2d: avg_pool2d(3x2, stride 2x2, padding [2, 1, 1, 0], count_padding) input -> [3, 3, 2]  # zero_pad2d, avg_pool2d
                        avg_pool2d_2: avg_pool2d(3x2, stride 2x2, padding [2, 1, 1, 0], count_padding) input -> [3, 3, 2]  # zero_pad2d_2, avg_pool2d_2
                        concat: concat avg_pool2d, avg_pool2d_2 -> [3, 3, 4]
                        output: output concat -> [3, 3, 4]
                        """);
    }

    @Test
    void leavesMeansThatCountOnlySomeZeros() {
        assertLeaves(PASS,
                sketch.build(sketch.add(averagePool(new Padding(1, 0, 0, 0), false), pad(0, 0, 1, 0, input))));
    }

    @Test
    void leavesMeansOfPaddingAlone() {
        assertLeaves(PASS, sketch.build(sketch.add(averagePool(Padding.NONE, false), pad(3, 0, 0, 0, input))));
        assertLeaves(PASS,
                sketch.build(sketch.add(averagePool(new Padding(0, 0, 0, 1), true), pad(0, 0, 0, 1, input))));
    }

    @Test
    void leavesMaximaAndWhatDoesNotSlide() {
        assertLeaves(PASS,
                sketch.build(sketch.add(new Pool2d(Reduction.MAX, POOL_3X2, false), pad(0, 1, 0, 1, input))));
        assertLeaves(PASS, sketch.build(sketch.add(new GlobalPool2d(Reduction.MEAN), pad(0, 1, 0, 1, input))));
        assertLeaves(PASS, sketch.build(sketch.add(new Activate(Activation.RELU), pad(0, 1, 0, 1, input))));
    }

    @Test
    void keepsAPaddingForThoseWhoNeedIt() {
        Node padded = pad(1, 1, 1, 1, input);
        Node pooled = sketch.add(new Pool2d(Reduction.MAX, VALID_3X3, false), padded);
        Node conv = sketch.add(sketch.conv2d(2, 2, VALID_3X3, 1, false), padded);
        assertRewrites(PASS, sketch.build(sketch.add(new Concat(), pooled, conv)), """
                input: input -> [4, 5, 2]
                zero_pad2d: zero_pad2d([1, 1, 1, 1]) input -> [6, 7, 2]
                max_pool2d: max_pool2d(3x3) zero_pad2d -> [4, 5, 2]
                conv2d: conv2d(3x3) zero_pad2d -> [4, 5, 2]
                concat: concat max_pool2d, conv2d -> [4, 5, 4]
                output: output concat -> [4, 5, 4]
                """, """
                input: input -> [4, 5, 2]
                zero_pad2d: zero_pad2d([1, 1, 1, 1]) input -> [6, 7, 2]
                max_pool2d: max_pool2d(3x3) zero_pad2d -> [4, 5, 2]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1]) input -> [4, 5, 2]  # zero_pad2d, conv2d
                concat: concat max_pool2d, conv2d -> [4, 5, 4]
                output: output concat -> [4, 5, 4]
                """);
    }
}
