package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.SAME_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.assertSameOutput;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.testing.Sketch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {

    private static final Window STRIDED_3X3 = new Window(3, 3, 2, 2, 1, 1, Padding.NONE);
    private static final Window STRIDED_1X1 = new Window(1, 1, 2, 2, 1, 1, Padding.NONE);

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(9, 9, 3);

    private Node relu(Node x) {
        return sketch.add(new Activate(Activation.RELU), x);
    }

    private Node normalized(Node x) {
        return sketch.add(sketch.batchNorm(x.type().channels(), 1e-3, true, true), x);
    }

    private Node separable(Node x, int filters) {
        return normalized(sketch.add(sketch.separable(x.type().channels(), 1, filters, SAME_3X3, false), x));
    }

    /** The three flows of Xception, as small as can be. */
    private Graph xception() {
        Node stem = sketch.add(sketch.conv2d(3, 4, STRIDED_3X3, 1, false),
                sketch.add(new ZeroPad2d(new Padding(0, 1, 0, 1)), input));
        Node entry = relu(normalized(stem));
        Node pooled = sketch.add(new Pool2d(Reduction.MAX, STRIDED_3X3.withPadding(new Padding(1, 1, 1, 1)), false),
                separable(relu(separable(entry, 6)), 6));
        Node skip = normalized(sketch.add(sketch.conv2d(4, 6, STRIDED_1X1, 1, false), entry));
        Node middle = sketch.add(new Add(), pooled, skip);
        Node block = separable(relu(separable(relu(middle), 6)), 6);
        Node exit = relu(separable(sketch.add(new Add(), block, middle), 8));
        Node vector = sketch.add(new Dropout(), sketch.add(new GlobalPool2d(Reduction.MEAN), exit));
        return sketch.build(sketch.add(new Softmax(), sketch.add(sketch.dense(8, 5, true), vector)));
    }

    @Test
    void leavesXceptionsConvolutionsAndPools() {
        Graph graph = xception();
        Graph compiled = Pipeline.STANDARD.run(graph).graph();
        assertEquals(
                """
                        input: input -> [9, 9, 3]
                        conv2d: conv2d(3x3, stride 2x2, padding [0, 1, 0, 1], bias, relu) input -> [4, 4, 4]  # zero_pad2d, conv2d, batch_norm, relu
                        separable_conv2d: separable_conv2d(3x3, padding [1, 1, 1, 1], bias, relu) conv2d -> [4, 4, 6]  # separable_conv2d, batch_norm_2, relu_2
                        separable_conv2d_2: separable_conv2d(3x3, padding [1, 1, 1, 1], bias) separable_conv2d -> [4, 4, 6]  # separable_conv2d_2, batch_norm_3
                        max_pool2d: max_pool2d(3x3, stride 2x2, padding [1, 1, 1, 1]) separable_conv2d_2 -> [2, 2, 6]
                        conv2d_2: conv2d(1x1, stride 2x2, bias, residual) conv2d, max_pool2d -> [2, 2, 6]  # conv2d_2, batch_norm_4, add
                        separable_conv2d_3: separable_conv2d(rectified input, 3x3, padding [1, 1, 1, 1], bias, relu) conv2d_2 -> [2, 2, 6]  # relu_3, separable_conv2d_3, batch_norm_5, relu_4
                        separable_conv2d_4: separable_conv2d(3x3, padding [1, 1, 1, 1], bias, residual) separable_conv2d_3, conv2d_2 -> [2, 2, 6]  # separable_conv2d_4, batch_norm_6, add_2
                        separable_conv2d_5: separable_conv2d(3x3, padding [1, 1, 1, 1], bias, relu) separable_conv2d_4 -> [2, 2, 8]  # separable_conv2d_5, batch_norm_7, relu_5
                        global_avg_pool2d: global_avg_pool2d separable_conv2d_5 -> [8]  # global_avg_pool2d, dropout
                        dense: dense(bias) global_avg_pool2d -> [5]
                        softmax: softmax dense -> [5]
                        output: output softmax -> [5]
                        """,
                GraphPrinter.print(compiled));
        assertSameOutput(graph, compiled);
    }

    @Test
    void reportsWhatEachPassDid() {
        List<String> seen = new ArrayList<>();
        List<Pipeline.Report> reports = Pipeline.STANDARD
                .run(xception(), (pass, graph) -> seen.add(pass.name() + " " + graph.nodes().size())).reports();
        assertEquals(List.of(
                new Pipeline.Report("RemoveIdentities", true, 29, 28),
                new Pipeline.Report("ExpandTransposed", false, 28, 28),
                new Pipeline.Report("LowerPixelShuffle", false, 28, 28),
                new Pipeline.Report("RecogniseDepthwise", false, 28, 28),
                new Pipeline.Report("FoldBatchNorm", true, 28, 21),
                new Pipeline.Report("LowerBatchNorm", false, 21, 21),
                new Pipeline.Report("MergePadding", true, 21, 20),
                new Pipeline.Report("FuseResidual", true, 20, 18),
                new Pipeline.Report("FuseActivation", true, 18, 14),
                new Pipeline.Report("RectifyInputs", true, 14, 13),
                new Pipeline.Report("MergePadding", false, 13, 13),
                new Pipeline.Report("FuseSeparable", false, 13, 13),
                new Pipeline.Report("ExpandMultiplier", false, 13, 13),
                new Pipeline.Report("ScaleInputs", false, 13, 13)), reports);
        assertEquals(reports.stream().map(report -> report.pass() + " " + report.nodesAfter()).toList(), seen);
    }

    /** As PyTorch would have it: grouped convolution, norm and ReLU6 between the halves. */
    private Graph mobile() {
        Node depthwise = normalized(sketch.add(sketch.conv2d(3, 6, STRIDED_3X3, 3, true),
                relu(sketch.add(new ZeroPad2d(new Padding(1, 1, 1, 1)), input))));
        Node clamped = sketch.add(new Activate(Activation.RELU6), depthwise);
        return sketch.build(normalized(sketch.add(sketch.conv2d(6, 4, Window.POINTWISE, 1, false), clamped)));
    }

    @Test
    void makesOneStepOfAllPartsOfASeparableConvolution() {
        Graph graph = mobile();
        Graph compiled = Pipeline.STANDARD.run(graph).graph();
        assertEquals(
                """
                        input: input -> [9, 9, 3]
                        conv2d_2@repeat: repeat_channels(2) input -> [9, 9, 6]  # conv2d_2
                        conv2d_2: separable_conv2d(rectified input, 3x3, stride 2x2, padding [1, 1, 1, 1], depthwise bias, depthwise relu6, bias) conv2d_2@repeat -> [5, 5, 4]  # zero_pad2d, relu, conv2d, batch_norm, relu6, conv2d_2, batch_norm_2
                        output: output conv2d_2 -> [5, 5, 4]
                        """,
                GraphPrinter.print(compiled));
        assertSameOutput(graph, compiled);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 100})
    void canBeEmittedAfterAnyNumberOfPasses(int count) {
        for (Graph graph : List.of(xception(), mobile())) {
            assertSameOutput(graph, Pipeline.STANDARD.stopAfter(count).run(graph).graph());
        }
    }

    @Test
    void runsOnlyWhatIsRequiredAfterItsStop() {
        assertEquals(List.of("RemoveIdentities", "ExpandTransposed", "LowerPixelShuffle", "RecogniseDepthwise",
                "LowerBatchNorm", "ExpandMultiplier"),
                Pipeline.STANDARD.stopAfter(4).passes().stream().map(Pass::name).toList());
        assertEquals(Pipeline.STANDARD, Pipeline.STANDARD.stopAfter(14));
        assertThrows(IllegalArgumentException.class, () -> Pipeline.STANDARD.stopAfter(-1));
    }

    @Test
    void packsSharedWeightsOnce() {
        List<DepthwiseConv2d> depthwise =
                List.of(sketch.depthwise(3, 1, SAME_3X3, true), sketch.depthwise(3, 1, SAME_3X3, true),
                        sketch.depthwise(3, 1, SAME_3X3, true));
        List<Conv2d> pointwise =
                List.of(sketch.conv2d(3, 3, Window.POINTWISE, 1, true), sketch.conv2d(3, 3, Window.POINTWISE, 1, true),
                        sketch.conv2d(3, 3, Window.POINTWISE, 1, true));
        List<BatchNorm> norms = List.of(sketch.batchNorm(3, 1e-5, true, true), sketch.batchNorm(3, 1e-5, true, true));
        Node x = input;
        for (int iteration = 0; iteration < 9; iteration++) {
            Node body = x;
            for (int index = 0; index < 3; index++) {
                body = sketch.add(pointwise.get(index), sketch.add(depthwise.get(index), relu(body)));
                body = index < 2 ? sketch.add(norms.get(index), body) : body;
            }
            x = sketch.add(new Add(), x, body);
        }
        Graph graph = sketch.build(x);
        Graph compiled = Pipeline.STANDARD.run(graph).graph();
        List<SeparableConv2d> steps = compiled.nodes().stream().map(Node::op).filter(SeparableConv2d.class::isInstance)
                .map(SeparableConv2d.class::cast).toList();
        assertEquals(27 + 2, compiled.nodes().size());
        assertEquals(27, steps.size());
        assertEquals(3, steps.stream().map(SeparableConv2d::kernel).distinct().count());
        assertEquals(9, steps.stream().flatMap(step -> step.tensors().stream()).distinct().count());
        assertSameOutput(graph, compiled);
    }

    private record Saboteur(UnaryOperator<Graph> work) implements Pass {

        @Override
        public Optional<Graph> apply(Graph graph) {
            return Optional.of(work.apply(graph));
        }
    }

    private void assertGuilty(String problem, UnaryOperator<Graph> work) {
        Node layer = sketch.add("layer", sketch.conv2d(3, 4, SAME_3X3, 1, true), input);
        Graph graph = sketch.build(sketch.add("clamp", new Activate(Activation.RELU), layer));
        Pipeline pipeline = new Pipeline(List.of(new RemoveIdentities(), new Saboteur(work)));
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> pipeline.run(graph));
        assertEquals("pass Saboteur failed on 'sketch': " + problem, refusal.getMessage());
    }

    private Graph replaceLast(Graph graph, UnaryOperator<Node> replacement) {
        Node output = graph.output();
        return new Graph(graph.name(), output.withInputs(List.of(replacement.apply(output.input()))));
    }

    @Test
    void namesTheGuiltyPass() {
        assertGuilty("out of luck", _ -> {
            throw new IllegalArgumentException("out of luck");
        });
        assertGuilty("it renamed the network to 'other'", graph -> new Graph("other", graph.output()));
        assertGuilty("the output was [9, 9, 4], is [4]", graph -> replaceLast(graph,
                last -> new Node(last.name() + "_pooled", new GlobalPool2d(Reduction.MAX), List.of(last),
                        last.origins())));
        assertGuilty("it lost the layers [clamp]", graph -> replaceLast(graph, Node::input));
        assertGuilty("it made up the layers [dropout]",
                graph -> replaceLast(graph, last -> sketch.add(new Dropout(), last)));
        assertGuilty("'layer' was [9, 9, 4], is [9, 9, 3]",
                graph -> replaceLast(graph, last -> sketch.add(sketch.conv2d(3, 4, SAME_3X3, 1, true),
                        new Node("layer", new Activate(Activation.RELU), List.of(graph.input()), last.origins()))));
        assertGuilty("two nodes are called 'layer'", graph -> replaceLast(graph,
                last -> new Node("layer", last.op(), last.inputs(), last.origins())));
    }

    @Test
    void refusesOperatorsThatCannotBeEmitted() {
        Graph graph = sketch.build(sketch.add(new Dropout(), normalized(input)));
        assertEquals(
                "no pass has rewritten batch_norm: batch_norm -> [9, 9, 3], dropout: dropout -> [9, 9, 3]; no code can be emitted for such an operator",
                assertThrows(IllegalStateException.class, () -> new Pipeline(List.of()).run(graph)).getMessage());
        Graph plain = sketch.build(relu(input));
        assertSame(plain, Pipeline.requireKernelOps(plain));
        assertSame(plain, Pipeline.STANDARD.run(plain).graph());
    }
}
