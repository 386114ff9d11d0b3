package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.SAME_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.assertLeaves;
import static io.xceptionc.compiler.pass.PassAssertions.assertRewrites;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.testing.Sketch;
import io.xceptionc.compiler.testing.SpecText;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpandMultiplierTest {

    private static final Pass PASS = new ExpandMultiplier();

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(4, 5, 3);

    @Test
    void repeatsTheChannelsBeforeADepthwiseConvolution() {
        Fusion fusion = Fusion.NONE.withRectifiedInput().withResidual().withActivation(Activation.RELU);
        Node first = sketch.add(sketch.depthwise(3, 2, SAME_3X3, false), input);
        Op second = sketch.depthwise(3, 2, SAME_3X3, true).withFusion(fusion);
        assertRewrites(PASS, sketch.build(sketch.add(second, input, first)),
                """
                        input: input -> [4, 5, 3]
                        depthwise_conv2d: depthwise_conv2d(3x3, padding [1, 1, 1, 1], multiplier 2) input -> [4, 5, 6]
                        depthwise_conv2d_2: depthwise_conv2d(rectified input, 3x3, padding [1, 1, 1, 1], multiplier 2, bias, residual, relu) input, depthwise_conv2d -> [4, 5, 6]
                        output: output depthwise_conv2d_2 -> [4, 5, 6]
                        """,
                """
                        input: input -> [4, 5, 3]
                        depthwise_conv2d_2@repeat: repeat_channels(2) input -> [4, 5, 6]  # depthwise_conv2d_2
                        depthwise_conv2d@repeat: repeat_channels(2) input -> [4, 5, 6]  # depthwise_conv2d
                        depthwise_conv2d: depthwise_conv2d(3x3, padding [1, 1, 1, 1]) depthwise_conv2d@repeat -> [4, 5, 6]
                        depthwise_conv2d_2: depthwise_conv2d(rectified input, 3x3, padding [1, 1, 1, 1], bias, residual, relu) depthwise_conv2d_2@repeat, depthwise_conv2d -> [4, 5, 6]
                        output: output depthwise_conv2d_2 -> [4, 5, 6]
                        """);
    }

    @Test
    void repeatsTheChannelsBeforeASeparableConvolution() {
        assertRewrites(PASS, sketch.build(sketch.add(sketch.separable(3, 4, 2, SAME_3X3, true), input)), """
                input: input -> [4, 5, 3]
                separable_conv2d: separable_conv2d(3x3, padding [1, 1, 1, 1], multiplier 4, bias) input -> [4, 5, 2]
                output: output separable_conv2d -> [4, 5, 2]
                """, """
                input: input -> [4, 5, 3]
                separable_conv2d@repeat: repeat_channels(4) input -> [4, 5, 12]  # separable_conv2d
                separable_conv2d: separable_conv2d(3x3, padding [1, 1, 1, 1], bias) separable_conv2d@repeat -> [4, 5, 2]
                output: output separable_conv2d -> [4, 5, 2]
                """);
    }

    /** What repeats channels for a part of a layer belongs to that layer. */
    @Test
    void repeatsTheChannelsBeforePhasesOfATransposedConvolution() {
        Graph graph = SpecText.ofLayers("- conv2d_transpose: {filters: 32, kernel: 3, stride: 2, groups: 16}").valid()
                .graph();
        List<String> layers = Pipeline.STANDARD.run(graph).graph().nodes().stream()
                .filter(node -> node.op() instanceof RepeatChannels)
                .map(node -> node.name() + " of " + node.origins().getFirst().name()).sorted().toList();
        assertEquals("conv2d_transpose@phase0@repeat of conv2d_transpose", layers.getFirst());
        assertEquals(4, layers.size());
    }

    @Test
    void leavesWhatHasNoMultiplier() {
        Node depthwise = sketch.add(sketch.depthwise(3, 1, SAME_3X3, true), input);
        assertLeaves(PASS, sketch.build(sketch.add(sketch.separable(3, 1, 2, SAME_3X3, true), depthwise)));
    }
}
