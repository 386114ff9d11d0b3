package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.SAME_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.assertLeaves;
import static io.xceptionc.compiler.pass.PassAssertions.assertRewrites;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.testing.Sketch;
import org.junit.jupiter.api.Test;

class RecogniseDepthwiseTest {

    private static final Pass PASS = new RecogniseDepthwise();

    private final Sketch sketch = new Sketch(1);

    @Test
    void makesAGroupPerChannelADepthwiseConvolution() {
        Node one = sketch.add(sketch.conv2d(3, 3, SAME_3X3, 3, false), sketch.input(4, 4, 3));
        Node two = sketch.add(sketch.conv2d(3, 6, SAME_3X3, 3, true), one);
        assertRewrites(PASS, sketch.build(two), """
                input: input -> [4, 4, 3]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], groups 3) input -> [4, 4, 3]
                conv2d_2: conv2d(3x3, padding [1, 1, 1, 1], groups 3, bias) conv2d -> [4, 4, 6]
                output: output conv2d_2 -> [4, 4, 6]
                """, """
                input: input -> [4, 4, 3]
                conv2d: depthwise_conv2d(3x3, padding [1, 1, 1, 1]) input -> [4, 4, 3]
                conv2d_2: depthwise_conv2d(3x3, padding [1, 1, 1, 1], multiplier 2, bias) conv2d -> [4, 4, 6]
                output: output conv2d_2 -> [4, 4, 6]
                """);
    }

    @Test
    void keepsLargerGroups() {
        assertLeaves(PASS, sketch.build(sketch.add(sketch.conv2d(4, 4, SAME_3X3, 2, true), sketch.input(4, 4, 4))));
    }

    @Test
    void keepsTheOneGroupOfOneChannel() {
        assertLeaves(PASS, sketch.build(sketch.add(sketch.conv2d(1, 4, SAME_3X3, 1, true), sketch.input(4, 4, 1))));
    }
}
