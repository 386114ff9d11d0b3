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
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Sketch;
import org.junit.jupiter.api.Test;

class ScaleInputsTest {

    private static final Pass PASS = new ScaleInputs();

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(4, 5, 2);
    private final Node gate = sketch.add(new GlobalPool2d(Reduction.MEAN, true), input);

    private Node affine(Node x) {
        return sketch.add(sketch.affine(2), x);
    }

    private Node project(Node x) {
        return sketch.add(sketch.conv2d(2, 2, Window.POINTWISE, 1, true), x);
    }

    @Test
    void scalesInEveryProjectionThatFollows() {
        Node affine = affine(input);
        Node rectified = sketch.add(
                sketch.conv2d(2, 2, Window.POINTWISE, 1, false).withFusion(Fusion.NONE.withRectifiedInput()), affine);
        assertRewrites(PASS, sketch.build(sketch.add(new Add(), project(affine), rectified, input)), """
                input: input -> [4, 5, 2]
                affine: affine input -> [4, 5, 2]
                conv2d_2: conv2d(1x1, bias) affine -> [4, 5, 2]
                conv2d: conv2d(rectified input, 1x1) affine -> [4, 5, 2]
                add: add conv2d_2, conv2d, input -> [4, 5, 2]
                output: output add -> [4, 5, 2]
                """, """
                input: input -> [4, 5, 2]
                conv2d_2: conv2d(scaled input, 1x1, bias) input -> [4, 5, 2]  # affine, conv2d_2
                conv2d: conv2d(scaled input, rectified input, 1x1) input -> [4, 5, 2]  # affine, conv2d
                add: add conv2d_2, conv2d, input -> [4, 5, 2]
                output: output add -> [4, 5, 2]
                """);
    }

    @Test
    void takesAGateOnEitherSideBeforeTheResidual() {
        Node residual = sketch.add(
                sketch.conv2d(2, 2, Window.POINTWISE, 1, false).withFusion(Fusion.NONE.withResidual()),
                sketch.add(new Multiply(), gate, input), input);
        assertRewrites(PASS, sketch.build(project(sketch.add(new Multiply(), residual, gate))), """
                input: input -> [4, 5, 2]
                global_avg_pool2d: global_avg_pool2d(keepdims) input -> [1, 1, 2]
                multiply: multiply global_avg_pool2d, input -> [4, 5, 2]
                conv2d: conv2d(1x1, residual) multiply, input -> [4, 5, 2]
                multiply_2: multiply conv2d, global_avg_pool2d -> [4, 5, 2]
                conv2d_2: conv2d(1x1, bias) multiply_2 -> [4, 5, 2]
                output: output conv2d_2 -> [4, 5, 2]
                """,
                """
                        input: input -> [4, 5, 2]
                        global_avg_pool2d: global_avg_pool2d(keepdims) input -> [1, 1, 2]
                        conv2d: conv2d(gated input, 1x1, residual) input, global_avg_pool2d, input -> [4, 5, 2]  # multiply, conv2d
                        conv2d_2: conv2d(gated input, 1x1, bias) conv2d, global_avg_pool2d -> [4, 5, 2]  # multiply_2, conv2d_2
                        output: output conv2d_2 -> [4, 5, 2]
                        """);
    }

    @Test
    void takesAVectorAsAGate() {
        Node vector = sketch.add(new GlobalPool2d(Reduction.MAX), input);
        assertRewrites(PASS, sketch.build(project(sketch.add(new Multiply(), input, vector))), """
                input: input -> [4, 5, 2]
                global_max_pool2d: global_max_pool2d input -> [2]
                multiply: multiply input, global_max_pool2d -> [4, 5, 2]
                conv2d: conv2d(1x1, bias) multiply -> [4, 5, 2]
                output: output conv2d -> [4, 5, 2]
                """, """
                input: input -> [4, 5, 2]
                global_max_pool2d: global_max_pool2d input -> [2]
                conv2d: conv2d(gated input, 1x1, bias) input, global_max_pool2d -> [4, 5, 2]  # multiply, conv2d
                output: output conv2d -> [4, 5, 2]
                """);
    }

    @Test
    void leavesWhatOthersReadToo() {
        Node affine = affine(input);
        assertLeaves(PASS, sketch.build(sketch.add(new Add(), project(affine), affine)));
    }

    @Test
    void leavesWhatIsAResidual() {
        Node affine = affine(input);
        assertLeaves(PASS, sketch.build(sketch.add(
                sketch.conv2d(2, 2, Window.POINTWISE, 1, true).withFusion(Fusion.NONE.withResidual()), affine,
                affine)));
    }

    /** Zeros of a padding are not scaled, and several taps read an input several times. */
    @Test
    void leavesWhatWindowsReadAndGroups() {
        assertLeaves(PASS, sketch.build(sketch.add(sketch.conv2d(2, 2, SAME_3X3, 1, true), affine(input))));
        assertLeaves(PASS, sketch.build(sketch.add(sketch.conv2d(2, 2, Window.POINTWISE, 2, true), affine(input))));
        assertLeaves(PASS, sketch.build(sketch.add(sketch.separable(2, 1, 2, Window.POINTWISE, true), affine(input))));
    }

    @Test
    void leavesProductsWithoutAGateByChannel() {
        Node other = sketch.add(new Activate(Activation.RELU), input);
        assertLeaves(PASS, sketch.build(project(sketch.add(new Multiply(), input, other))));
        Node byPixel = sketch.add(sketch.conv2d(2, 1, Window.POINTWISE, 1, true), input);
        assertLeaves(PASS, sketch.build(project(sketch.add(new Multiply(), input, byPixel))));
        assertLeaves(PASS, sketch.build(project(sketch.add(new Multiply(), input, gate, gate))));
    }

    @Test
    void scalesOnce() {
        assertRewrites(PASS, sketch.build(project(affine(affine(input)))), """
                input: input -> [4, 5, 2]
                affine: affine input -> [4, 5, 2]
                affine_2: affine affine -> [4, 5, 2]
                conv2d: conv2d(1x1, bias) affine_2 -> [4, 5, 2]
                output: output conv2d -> [4, 5, 2]
                """, """
                input: input -> [4, 5, 2]
                affine: affine input -> [4, 5, 2]
                conv2d: conv2d(scaled input, 1x1, bias) affine -> [4, 5, 2]  # affine_2, conv2d
                output: output conv2d -> [4, 5, 2]
                """);
    }
}
