package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.SAME_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.VALID_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.assertLeaves;
import static io.xceptionc.compiler.pass.PassAssertions.assertRewrites;
import static io.xceptionc.compiler.pass.PassAssertions.assertSameOutput;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Sketch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldBatchNormTest {

    private static final Pass PASS = new FoldBatchNorm();
    private static final Window STRIDED_1X1 = new Window(1, 1, 2, 2, 1, 1, Padding.NONE);

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(5, 5, 4);

    private Node norm(Node x) {
        return sketch.add(sketch.batchNorm(x.type().channels(), 1e-3, true, true), x);
    }

    private Node conv(Node x, Window window, int filters) {
        return sketch.add(sketch.conv2d(x.type().channels(), filters, window, 1, false), x);
    }

    private Node relu(Node x) {
        return sketch.add(new Activate(Activation.RELU), x);
    }

    @Test
    void foldsIntoTheConvolutionBefore() {
        assertRewrites(PASS, sketch.build(norm(conv(input, SAME_3X3, 3))), """
                input: input -> [5, 5, 4]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1]) input -> [5, 5, 3]
                batch_norm: batch_norm(epsilon 0.001, scale, center) conv2d -> [5, 5, 3]
                output: output batch_norm -> [5, 5, 3]
                """, """
                input: input -> [5, 5, 4]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [5, 5, 3]  # conv2d, batch_norm
                output: output conv2d -> [5, 5, 3]
                """);
    }

    static Stream<Convolution> convolutionsOfFourChannels() {
        Sketch sketch = new Sketch(2);
        DepthwiseConv2d biased = sketch.depthwise(4, 2, VALID_3X3, true);
        return Stream.of(
                sketch.conv2d(4, 3, VALID_3X3, 1, true),
                sketch.conv2d(4, 6, VALID_3X3, 2, false),
                sketch.conv2d(4, 3, STRIDED_1X1, 1, false),
                sketch.depthwise(4, 1, VALID_3X3, true),
                sketch.depthwise(4, 3, VALID_3X3, false),
                sketch.separable(4, 2, 3, VALID_3X3, true),
                sketch.separable(biased, 3, false),
                sketch.separable(biased.withFusion(Fusion.NONE.withActivation(Activation.RELU)), 3, true),
                sketch.separable(4, 1, 3, VALID_3X3, false).withFusion(Fusion.NONE.withActivation(Activation.RELU6)),
                sketch.dense(4, 3, true),
                sketch.dense(4, 5, false));
    }

    private Node image(Convolution convolution) {
        return convolution instanceof Dense
                ? sketch.add(new GlobalPool2d(Reduction.MAX), input)
                : input;
    }

    @ParameterizedTest
    @MethodSource("convolutionsOfFourChannels")
    void foldsIntoEveryConvolutionBefore(Convolution convolution) {
        Convolution linear = convolution.withFusion(Fusion.NONE);
        Graph graph = sketch.build(norm(sketch.add(linear, image(convolution))));
        Graph folded = Pipeline.applyChecked(PASS, graph);
        assertEquals(graph.nodes().size() - 1, folded.nodes().size());
        assertSameOutput(graph, folded);
    }

    @ParameterizedTest
    @MethodSource("convolutionsOfFourChannels")
    void foldsIntoEveryConvolutionAfter(Convolution convolution) {
        Graph graph = sketch.build(sketch.add(convolution, norm(relu(image(convolution)))));
        Graph folded = Pipeline.applyChecked(PASS, graph);
        assertEquals(graph.nodes().size() - 1, folded.nodes().size());
        assertSameOutput(graph, folded);
    }

    @Test
    void foldsIntoAllConvolutionsThatFollow() {
        Node norm = norm(input);
        Node sum = sketch.add(new Add(), conv(norm, VALID_3X3, 3), conv(norm, VALID_3X3, 3));
        assertRewrites(PASS, sketch.build(sum), """
                input: input -> [5, 5, 4]
                batch_norm: batch_norm(epsilon 0.001, scale, center) input -> [5, 5, 4]
                conv2d: conv2d(3x3) batch_norm -> [3, 3, 3]
                conv2d_2: conv2d(3x3) batch_norm -> [3, 3, 3]
                add: add conv2d, conv2d_2 -> [3, 3, 3]
                output: output add -> [3, 3, 3]
                """, """
                input: input -> [5, 5, 4]
                conv2d: conv2d(3x3, bias) input -> [3, 3, 3]  # batch_norm, conv2d
                conv2d_2: conv2d(3x3, bias) input -> [3, 3, 3]  # batch_norm, conv2d_2
                add: add conv2d, conv2d_2 -> [3, 3, 3]
                output: output add -> [3, 3, 3]
                """);
    }

    @Test
    void foldsBothWaysIntoOneConvolution() {
        assertRewrites(PASS, sketch.build(norm(conv(norm(input), VALID_3X3, 3))), """
                input: input -> [5, 5, 4]
                batch_norm: batch_norm(epsilon 0.001, scale, center) input -> [5, 5, 4]
                conv2d: conv2d(3x3) batch_norm -> [3, 3, 3]
                batch_norm_2: batch_norm(epsilon 0.001, scale, center) conv2d -> [3, 3, 3]
                output: output batch_norm_2 -> [3, 3, 3]
                """, """
                input: input -> [5, 5, 4]
                conv2d: conv2d(3x3, bias) input -> [3, 3, 3]  # batch_norm, conv2d, batch_norm_2
                output: output conv2d -> [3, 3, 3]
                """);
    }

    @Test
    void goesThroughConcatenationsChannelByChannel() {
        Node inner = sketch.add(new Concat(), conv(input, SAME_3X3, 2), norm(conv(input, SAME_3X3, 1)));
        Node outer = sketch.add(new Concat(), conv(input, SAME_3X3, 3), inner);
        assertRewrites(PASS, sketch.build(norm(outer)), """
                input: input -> [5, 5, 4]
                conv2d_3: conv2d(3x3, padding [1, 1, 1, 1]) input -> [5, 5, 3]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1]) input -> [5, 5, 2]
                conv2d_2: conv2d(3x3, padding [1, 1, 1, 1]) input -> [5, 5, 1]
                batch_norm: batch_norm(epsilon 0.001, scale, center) conv2d_2 -> [5, 5, 1]
                concat: concat conv2d, batch_norm -> [5, 5, 3]
                concat_2: concat conv2d_3, concat -> [5, 5, 6]
                batch_norm_2: batch_norm(epsilon 0.001, scale, center) concat_2 -> [5, 5, 6]
                output: output batch_norm_2 -> [5, 5, 6]
                """,
                """
                        input: input -> [5, 5, 4]
                        conv2d_3: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [5, 5, 3]  # conv2d_3, batch_norm_2
                        conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [5, 5, 2]  # conv2d, batch_norm_2
                        conv2d_2: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [5, 5, 1]  # conv2d_2, batch_norm, batch_norm_2
                        concat: concat conv2d, conv2d_2 -> [5, 5, 3]  # concat, batch_norm_2
                        concat_2: concat conv2d_3, concat -> [5, 5, 6]  # concat_2, batch_norm_2
                        output: output concat_2 -> [5, 5, 6]
                        """);
    }

    @Test
    void goesThroughSumsAndShiftsOneSummand() {
        Node scaled = sketch.add(sketch.affine(3), relu(conv(input, SAME_3X3, 3)));
        Node sum = sketch.add(new Add(), conv(input, SAME_3X3, 3), conv(input, SAME_3X3, 3), scaled);
        assertRewrites(PASS, sketch.build(norm(sum)), """
                input: input -> [5, 5, 4]
                conv2d_2: conv2d(3x3, padding [1, 1, 1, 1]) input -> [5, 5, 3]
                conv2d_3: conv2d(3x3, padding [1, 1, 1, 1]) input -> [5, 5, 3]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1]) input -> [5, 5, 3]
                relu: relu conv2d -> [5, 5, 3]
                affine: affine relu -> [5, 5, 3]
                add: add conv2d_2, conv2d_3, affine -> [5, 5, 3]
                batch_norm: batch_norm(epsilon 0.001, scale, center) add -> [5, 5, 3]
                output: output batch_norm -> [5, 5, 3]
                """, """
                input: input -> [5, 5, 4]
                conv2d_2: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [5, 5, 3]  # conv2d_2, batch_norm
                conv2d_3: conv2d(3x3, padding [1, 1, 1, 1]) input -> [5, 5, 3]  # conv2d_3, batch_norm
                conv2d: conv2d(3x3, padding [1, 1, 1, 1]) input -> [5, 5, 3]
                relu: relu conv2d -> [5, 5, 3]
                affine: affine relu -> [5, 5, 3]  # affine, batch_norm
                add: add conv2d_2, conv2d_3, affine -> [5, 5, 3]  # add, batch_norm
                output: output add -> [5, 5, 3]
                """);
    }

    @Test
    void makesOneAffineStepOfTwo() {
        assertRewrites(PASS, sketch.build(norm(norm(relu(input)))), """
                input: input -> [5, 5, 4]
                relu: relu input -> [5, 5, 4]
                batch_norm: batch_norm(epsilon 0.001, scale, center) relu -> [5, 5, 4]
                batch_norm_2: batch_norm(epsilon 0.001, scale, center) batch_norm -> [5, 5, 4]
                output: output batch_norm_2 -> [5, 5, 4]
                """, """
                input: input -> [5, 5, 4]
                relu: relu input -> [5, 5, 4]
                batch_norm: affine relu -> [5, 5, 4]  # batch_norm, batch_norm_2
                output: output batch_norm -> [5, 5, 4]
                """);
    }

    @Test
    void leavesAConvolutionThatOthersReadToo() {
        Node conv = conv(input, SAME_3X3, 4);
        assertLeaves(PASS, sketch.build(sketch.add(new Add(), norm(conv), conv)));
    }

    @Test
    void leavesAConvolutionWithActivation() {
        assertLeaves(PASS, sketch.build(norm(relu(conv(input, SAME_3X3, 4)))));
        Convolution fused =
                sketch.conv2d(4, 4, SAME_3X3, 1, true).withFusion(Fusion.NONE.withActivation(Activation.RELU));
        assertLeaves(PASS, sketch.build(norm(sketch.add(fused, input))));
    }

    @Test
    void leavesAConvolutionWithResidual() {
        Convolution fused = sketch.conv2d(4, 4, SAME_3X3, 1, true).withFusion(Fusion.NONE.withResidual());
        assertLeaves(PASS, sketch.build(norm(sketch.add(fused, input, input))));
    }

    @Test
    void leavesASumOfWhichOnePartCannotBeScaled() {
        assertLeaves(PASS, sketch.build(norm(sketch.add(new Add(), conv(input, SAME_3X3, 4), input))));
        assertLeaves(PASS, sketch.build(norm(sketch.add(new Concat(), conv(input, SAME_3X3, 3), relu(input)))));
    }

    @Test
    void leavesASumThatReadsOneConvolutionTwice() {
        Node conv = conv(input, SAME_3X3, 4);
        assertLeaves(PASS, sketch.build(norm(sketch.add(new Add(), conv, conv))));
    }

    @Test
    void leavesASumThatOthersReadToo() {
        Node sum = sketch.add(new Add(), conv(input, SAME_3X3, 4), conv(input, SAME_3X3, 4));
        assertLeaves(PASS, sketch.build(sketch.add(new Concat(), norm(sum), sum)));
    }

    @Test
    void leavesANormBeforePadding() {
        assertLeaves(PASS, sketch.build(conv(norm(input), SAME_3X3, 4)));
        assertLeaves(PASS, sketch.build(sketch.add(sketch.separable(4, 1, 3, SAME_3X3, true), norm(input))));
    }

    @Test
    void leavesANormBeforeRectification() {
        Convolution fused = sketch.conv2d(4, 4, VALID_3X3, 1, true).withFusion(Fusion.NONE.withRectifiedInput());
        assertLeaves(PASS, sketch.build(sketch.add(fused, norm(input))));
        assertLeaves(PASS, sketch.build(conv(relu(norm(input)), VALID_3X3, 4)));
    }

    @Test
    void leavesANormThatOthersReadToo() {
        Node norm = norm(input);
        assertLeaves(PASS, sketch.build(sketch.add(new Add(), conv(norm, Window.POINTWISE, 4), norm)));
    }

    @Test
    void leavesANormOfASumWithOneNumberForAllChannels() {
        Node plane = conv(input, SAME_3X3, 1);
        assertLeaves(PASS, sketch.build(norm(sketch.add(new Add(), conv(input, SAME_3X3, 4), plane))));
    }

    @Test
    void foldsThroughASumWithOneNumberForEachChannel() {
        Node pixel = sketch.add(new GlobalPool2d(Reduction.MEAN, true), input);
        Graph graph = sketch.build(norm(
                sketch.add(new Add(), conv(pixel, Window.POINTWISE, 4), conv(input, SAME_3X3, 4))));
        Graph folded = Pipeline.applyChecked(PASS, graph);
        assertEquals(graph.nodes().size() - 1, folded.nodes().size());
        assertSameOutput(graph, folded);
    }

    @Test
    void leavesANormThatIsAResidual() {
        Convolution fused = sketch.conv2d(4, 4, Window.POINTWISE, 1, true).withFusion(Fusion.NONE.withResidual());
        assertLeaves(PASS, sketch.build(sketch.add(fused, input, norm(input))));
        Node norm = norm(input);
        assertLeaves(PASS, sketch.build(sketch.add(fused, norm, norm)));
    }

    @Test
    void leavesANormBehindPooling() {
        assertLeaves(PASS,
                sketch.build(norm(sketch.add(new Pool2d(Reduction.MAX, VALID_3X3, false), conv(input, SAME_3X3, 4)))));
    }

    @Test
    void readsNoWeights() {
        Graph graph = sketch.build(norm(conv(input, SAME_3X3, 4)));
        Graph folded = PASS.apply(graph).orElseThrow();
        assertEquals("tensor_1, scaled[3, 3, 4, 4]", folded.nodes().get(1).op().tensors().getFirst().toString());
    }

    @Test
    void sharesWhatWasShared() {
        Convolution convolution = sketch.conv2d(4, 4, SAME_3X3, 1, true);
        BatchNorm norm = sketch.batchNorm(4, 1e-3, true, true);
        BatchNorm other = new BatchNorm(norm.gamma(), norm.beta(), norm.mean(), norm.variance(), 1e-5);
        Node first = sketch.add("norm", norm, sketch.add("first", convolution, input));
        Node second = sketch.add("norm_2", norm, sketch.add("second", convolution, first));
        Node third = sketch.add("norm_3", other, sketch.add("third", convolution, second));
        Graph folded = Pipeline.applyChecked(PASS, sketch.build(third));
        assertEquals(folded.nodes().get(1).op().tensors(), folded.nodes().get(2).op().tensors());
        assertEquals(4, folded.nodes().stream().flatMap(node -> node.op().tensors().stream()).distinct().count());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 3000})
    void foldsLongChainsPieceByPiece(int length) {
        Node x = conv(input, SAME_3X3, 4);
        for (int count = 0; count < length; count++) {
            x = sketch.add(sketch.batchNorm(4, 1e-3, false, false), x);
        }
        Graph graph = sketch.build(x);
        Graph folded = Pipeline.applyChecked(PASS, graph);
        assertEquals(2 + Math.ceilDiv(length + 1, 64), folded.nodes().size());
        assertSameOutput(graph, folded);
    }
}
