package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.SAME_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.assertLeaves;
import static io.xceptionc.compiler.pass.PassAssertions.assertRewrites;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.JoinPhases;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Differential;
import io.xceptionc.compiler.testing.Sketch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpandTransposedTest {

    private static final Pass PASS = new ExpandTransposed();

    private final Sketch sketch = new Sketch(1);

    private static Window window(int kernel, int stride, Padding cut) {
        return new Window(kernel, kernel, stride, stride, 1, 1, cut);
    }

    @Test
    void oneConvolutionYieldsPhasesOfAsManyTaps() {
        ConvTranspose2d op = sketch.transposed(3, 5, window(2, 2, Padding.NONE), 0, 1, true);
        assertRewrites(PASS, sketch.build(sketch.add(op, sketch.input(4, 5, 3))), """
                input: input -> [4, 5, 3]
                conv2d_transpose: conv2d_transpose(2x2, stride 2x2, bias) input -> [8, 10, 5]
                output: output conv2d_transpose -> [8, 10, 5]
                """, """
                input: input -> [4, 5, 3]
                conv2d_transpose@phases: conv2d(1x1, bias) input -> [4, 5, 20]  # conv2d_transpose
                conv2d_transpose: join_phases(2x2) conv2d_transpose@phases -> [8, 10, 5]
                output: output conv2d_transpose -> [8, 10, 5]
                """);
    }

    @Test
    void phasesOfUnlikeTapsAreConvolutionsOfTheirOwn() {
        ConvTranspose2d op = sketch.transposed(32, 32, window(3, 2, new Padding(0, 1, 0, 1)), 0, 1, true);
        assertRewrites(PASS, sketch.build(sketch.add(op, sketch.input(40, 40, 32))), """
                input: input -> [40, 40, 32]
                conv2d_transpose: conv2d_transpose(3x3, stride 2x2, padding [0, 1, 0, 1], bias) input -> [80, 80, 32]
                output: output conv2d_transpose -> [80, 80, 32]
                """,
                """
                        input: input -> [40, 40, 32]
                        conv2d_transpose@phase0: conv2d(2x2, padding [1, 0, 1, 0], bias) input -> [40, 40, 32]  # conv2d_transpose
                        conv2d_transpose@phase1: conv2d(2x1, padding [1, 0, 0, 0], bias) input -> [40, 40, 32]  # conv2d_transpose
                        conv2d_transpose@phase2: conv2d(1x2, padding [0, 0, 1, 0], bias) input -> [40, 40, 32]  # conv2d_transpose
                        conv2d_transpose@phase3: conv2d(1x1, bias) input -> [40, 40, 32]  # conv2d_transpose
                        conv2d_transpose: join_phases(2x2) conv2d_transpose@phase0, conv2d_transpose@phase1, conv2d_transpose@phase2, conv2d_transpose@phase3 -> [80, 80, 32]
                        output: output conv2d_transpose -> [80, 80, 32]
                        """);
    }

    @Test
    void withStrideOneItIsAConvolution() {
        Window dilated = new Window(3, 3, 1, 1, 2, 1, new Padding(1, 0, 3, 1));
        ConvTranspose2d op = sketch.transposed(3, 4, dilated, 0, 1, false);
        assertRewrites(PASS, sketch.build(sketch.add(op, sketch.input(4, 5, 3))), """
                input: input -> [4, 5, 3]
                conv2d_transpose: conv2d_transpose(3x3, dilation 2x1, padding [1, 0, 3, 1]) input -> [7, 3, 4]
                output: output conv2d_transpose -> [7, 3, 4]
                """, """
                input: input -> [4, 5, 3]
                conv2d_transpose@crop: crop2d([0, 0, 1, 0]) input -> [4, 4, 3]  # conv2d_transpose
                conv2d_transpose: conv2d(3x3, dilation 2x1, padding [3, 4, 0, 1]) conv2d_transpose@crop -> [7, 3, 4]
                output: output conv2d_transpose -> [7, 3, 4]
                """);
    }

    @Test
    void whatFollowsGoesIntoThePhases() {
        Node input = sketch.input(12, 12, 32);
        Node up = sketch.add(sketch.transposed(32, 32, window(3, 2, new Padding(1, 1, 1, 1)), 1, 1, true), input);
        Node norm = sketch.add(sketch.batchNorm(32, 1e-3, true, true), up);
        Node wide = sketch.add(sketch.transposed(32, 8, window(2, 2, Padding.NONE), 0, 1, false),
                sketch.add(new Activate(Activation.RELU), norm));
        Node last = sketch.add(new Activate(Activation.RELU), sketch.add(sketch.batchNorm(8, 1e-3, true, true), wide));
        Graph graph = Pipeline.STANDARD.run(sketch.build(last)).graph();
        assertEquals(List.of("input", "conv2d", "conv2d", "conv2d", "conv2d", "join_phases", "conv2d", "join_phases",
                "output"), graph.nodes().stream().map(node -> node.op().keyword()).toList());
        graph.nodes().stream().filter(node -> node.op().keyword().equals("conv2d"))
                .forEach(node -> assertEquals(true, node.op().details().contains("relu"), node + node.op().details()));
        Differential.assertComputes(sketch.build(last));
    }

    @Test
    void leavesConvolutions() {
        assertLeaves(PASS, sketch.build(sketch.add(sketch.conv2d(3, 2, SAME_3X3, 1, true), sketch.input(4, 5, 3))));
    }

    /**
     * Against the interpreter, which spreads pixel by pixel: kernels smaller than the stride, phases without taps,
     * negative padding.
     */
    @ParameterizedTest
    @CsvSource({"2, 2, 1, 0, 0, 0, 1", "3, 2, 1, 1, 1, 1, 1", "4, 2, 1, 1, 1, 0, 1", "2, 2, 1, 1, 1, 0, 1",
        "1, 3, 1, 0, 0, 2, 1",
        "2, 3, 1, 1, 0, 3, 2", "5, 3, 1, 2, 3, 1, 4", "3, 2, 2, 0, 1, 1, 1", "3, 2, 3, 2, 2, 0, 2",
        "3, 3, 2, 1, 0, 5, 4",
        "3, 4, 2, 3, 1, 0, 1", "5, 1, 1, 4, 2, 0, 1", "3, 1, 2, 0, 6, 2, 4", "16, 8, 1, 4, 4, 0, 1",
        "2, 2, 1, 4, 0, 6, 1",
        "3, 2, 1, 6, 3, 3, 1"})
    void anyGeometryIsComputed(int kernel, int stride, int dilation, int before, int after, int extra, int groups) {
        for (int size : List.of(3, 6)) {
            Window window = new Window(kernel, 1 + kernel / 2, stride, 1 + stride / 2, dilation, dilation,
                    new Padding(before, after, 0, Math.min(after, 1)));
            Graph graph = sketch.build(sketch.add("up" + size, sketch.transposed(4, 8, window, extra, groups, true),
                    sketch.input(size, size + 1, 4)));
            Differential.assertComputes(graph);
        }
    }

    /** Both ways, whichever is cheaper: few channels make one convolution, many several. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 17", "33, 16", "16, 40", "48, 33"})
    void anyNumberOfChannelsIsComputed(int channels, int filters) {
        for (int kernel : List.of(2, 3, 4)) {
            Window window = window(kernel, 2, new Padding(0, kernel - 2, kernel - 2, 0));
            Node up = sketch.add(sketch.transposed(channels, filters, window, 0, 1, true),
                    sketch.input(5, 7, channels));
            Differential.assertComputes(sketch.build(sketch.add(sketch.conv2d(filters, 2, SAME_3X3, 1, true), up)));
        }
    }

    @Test
    void aPhaseWithoutPixelsIsNone() {
        ConvTranspose2d op = sketch.transposed(40, 40, window(3, 3, new Padding(1, 0, 1, 0)), 0, 1, true);
        Graph graph = sketch.build(sketch.add(op, sketch.input(1, 1, 40)));
        Graph expanded = PASS.apply(graph).orElseThrow();
        assertEquals(new JoinPhases(3, 3, new Padding(1, 0, 1, 0)), expanded.output().input().op());
        Differential.assertComputes(graph);
    }
}
