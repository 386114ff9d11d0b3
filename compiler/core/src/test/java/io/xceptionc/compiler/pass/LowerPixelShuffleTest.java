package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.SAME_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.assertLeaves;
import static io.xceptionc.compiler.pass.PassAssertions.assertRewrites;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.DepthToSpace;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.SpaceToDepth;
import io.xceptionc.compiler.testing.Differential;
import io.xceptionc.compiler.testing.Sketch;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowerPixelShuffleTest {

    private static final Pass PASS = new LowerPixelShuffle();

    private final Sketch sketch = new Sketch(1);

    @Test
    void theConvolutionBeforeYieldsAllFirstPixelsFirst() {
        Node conv = sketch.add(sketch.conv2d(3, 12, SAME_3X3, 1, true), sketch.input(4, 5, 3));
        assertRewrites(PASS, sketch.build(sketch.add(new DepthToSpace(2, PixelOrder.PYTORCH), conv)), """
                input: input -> [4, 5, 3]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 12]
                depth_to_space: depth_to_space(2x2, pytorch) conv2d -> [8, 10, 3]
                output: output depth_to_space -> [8, 10, 3]
                """, """
                input: input -> [4, 5, 3]
                conv2d@phases: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [4, 5, 12]  # conv2d
                depth_to_space: join_phases(2x2) conv2d@phases -> [8, 10, 3]
                output: output depth_to_space -> [8, 10, 3]
                """);
    }

    @Test
    void otherwiseChannelsAreShuffled() {
        Node deep = sketch.add(new SpaceToDepth(2, PixelOrder.PYTORCH), sketch.input(4, 6, 3));
        assertRewrites(PASS, sketch.build(sketch.add(new DepthToSpace(2, PixelOrder.PYTORCH), deep)), """
                input: input -> [4, 6, 3]
                space_to_depth: space_to_depth(2x2, pytorch) input -> [2, 3, 12]
                depth_to_space: depth_to_space(2x2, pytorch) space_to_depth -> [4, 6, 3]
                output: output depth_to_space -> [4, 6, 3]
                """, """
                input: input -> [4, 6, 3]
                space_to_depth@split: split_phases(2x2) input -> [2, 3, 12]  # space_to_depth
                space_to_depth: channel_shuffle(groups 4) space_to_depth@split -> [2, 3, 12]
                depth_to_space@order: channel_shuffle(groups 3) space_to_depth -> [2, 3, 12]  # depth_to_space
                depth_to_space: join_phases(2x2) depth_to_space@order -> [4, 6, 3]
                output: output depth_to_space -> [4, 6, 3]
                """);
    }

    @Test
    void tensorFlowsOrderIsThatOfThePhases() {
        Node deep = sketch.add(new SpaceToDepth(2, PixelOrder.TENSORFLOW), sketch.input(4, 6, 3));
        assertRewrites(PASS, sketch.build(sketch.add(new DepthToSpace(2, PixelOrder.TENSORFLOW), deep)), """
                input: input -> [4, 6, 3]
                space_to_depth: space_to_depth(2x2, tensorflow) input -> [2, 3, 12]
                depth_to_space: depth_to_space(2x2, tensorflow) space_to_depth -> [4, 6, 3]
                output: output depth_to_space -> [4, 6, 3]
                """, """
                input: input -> [4, 6, 3]
                space_to_depth: split_phases(2x2) input -> [2, 3, 12]
                depth_to_space: join_phases(2x2) space_to_depth -> [4, 6, 3]
                output: output depth_to_space -> [4, 6, 3]
                """);
    }

    @Test
    void leavesConvolutions() {
        assertLeaves(PASS, sketch.build(sketch.add(sketch.conv2d(3, 2, SAME_3X3, 1, true), sketch.input(4, 5, 3))));
    }

    @Test
    void anySizeIsComputed() {
        for (PixelOrder order : PixelOrder.values()) {
            for (int channels : List.of(1, 3, 16, 17, 33)) {
                Node input = sketch.input(6, 12, channels);
                Node deep = sketch.add("deep", new SpaceToDepth(3, order), input);
                Node conv = sketch.add("conv", sketch.conv2d(9 * channels, 4 * channels, SAME_3X3, 1, true), deep);
                Node wide = sketch.add("wide", new DepthToSpace(2, order), conv);
                Differential.assertComputes(sketch.build(wide));
                Differential.assertComputes(sketch.build(sketch.add("back", new DepthToSpace(3, order), deep)));
            }
        }
    }
}
