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
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.testing.Sketch;
import org.junit.jupiter.api.Test;

class RectifyInputsTest {

    private static final Pass PASS = new RectifyInputs();

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(4, 5, 2);

    private Node relu(Node x) {
        return sketch.add(new Activate(Activation.RELU), x);
    }

    private Node conv(Node x) {
        return sketch.add(sketch.conv2d(2, 2, SAME_3X3, 1, true), x);
    }

    @Test
    void rectifiesInEveryConvolutionThatFollows() {
        Node relu = relu(input);
        Node depthwise = sketch.add(sketch.depthwise(2, 1, SAME_3X3, false), relu);
        Node separable = sketch.add(sketch.separable(2, 1, 2, SAME_3X3, true), relu);
        assertRewrites(PASS, sketch.build(sketch.add(new Add(), conv(relu), depthwise, separable, input)), """
                input: input -> [4, 5, 2]
                relu: relu input -> [4, 5, 2]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) relu -> [4, 5, 2]
                depthwise_conv2d: depthwise_conv2d(3x3, padding [1, 1, 1, 1]) relu -> [4, 5, 2]
                separable_conv2d: separable_conv2d(3x3, padding [1, 1, 1, 1], bias) relu -> [4, 5, 2]
                add: add conv2d, depthwise_conv2d, separable_conv2d, input -> [4, 5, 2]
                output: output add -> [4, 5, 2]
                """,
                """
                        input: input -> [4, 5, 2]
                        conv2d: conv2d(rectified input, 3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 2]  # relu, conv2d
                        depthwise_conv2d: depthwise_conv2d(rectified input, 3x3, padding [1, 1, 1, 1]) input -> [4, 5, 2]  # relu, depthwise_conv2d
                        separable_conv2d: separable_conv2d(rectified input, 3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 2]  # relu, separable_conv2d
                        add: add conv2d, depthwise_conv2d, separable_conv2d, input -> [4, 5, 2]
                        output: output add -> [4, 5, 2]
                        """);
    }

    @Test
    void keepsWhatIsFusedAlready() {
        Op op = sketch.conv2d(2, 2, SAME_3X3, 1, true)
                .withFusion(Fusion.NONE.withResidual().withActivation(Activation.RELU6));
        assertRewrites(PASS, sketch.build(sketch.add(op, relu(input), input)), """
                input: input -> [4, 5, 2]
                relu: relu input -> [4, 5, 2]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias, residual, relu6) relu, input -> [4, 5, 2]
                output: output conv2d -> [4, 5, 2]
                """,
                """
                        input: input -> [4, 5, 2]
                        conv2d: conv2d(rectified input, 3x3, padding [1, 1, 1, 1], bias, residual, relu6) input, input -> [4, 5, 2]  # relu, conv2d
                        output: output conv2d -> [4, 5, 2]
                        """);
    }

    @Test
    void leavesAReluThatOthersReadToo() {
        Node relu = relu(input);
        Node pooled = sketch.add(new Pool2d(Reduction.MAX, SAME_3X3, false), relu);
        assertLeaves(PASS, sketch.build(sketch.add(new Add(), conv(relu), pooled)));
    }

    @Test
    void leavesAReluThatIsAResidual() {
        Op op = sketch.conv2d(2, 2, SAME_3X3, 1, true).withFusion(Fusion.NONE.withResidual());
        Node relu = relu(input);
        assertLeaves(PASS, sketch.build(sketch.add(op, relu, relu)));
        assertLeaves(PASS, sketch.build(sketch.add(op, input, relu(input))));
    }

    @Test
    void leavesAReluBeforeADenseLayer() {
        Node vector = sketch.add(new GlobalPool2d(Reduction.MEAN), input);
        assertLeaves(PASS, sketch.build(sketch.add(sketch.dense(2, 2, true), relu(vector))));
    }

    @Test
    void leavesOtherActivations() {
        assertLeaves(PASS, sketch.build(conv(sketch.add(new Activate(Activation.RELU6), input))));
    }
}
