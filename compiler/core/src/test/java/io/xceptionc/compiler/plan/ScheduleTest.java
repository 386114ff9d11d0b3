package io.xceptionc.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Sketch;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Window WINDOW = new Window(3, 3, 1, 1, 1, 1, Padding.NONE);

    private final Sketch sketch = new Sketch(1);

    private static void assertFits(boolean expected, Node node) {
        assertEquals(expected, Schedule.cheapest(node) instanceof MatrixProduct.WinogradSquares);
    }

    private void assertFits(boolean expected, Conv2d conv, int height, int width) {
        Node input = sketch.input(height, width, conv.channelsIn());
        assertFits(expected, sketch.add(conv, input));
    }

    private void assertFits(boolean expected, Window window) {
        assertFits(expected, sketch.conv2d(32, 64, window, 1, true), 40, 40);
    }

    @Test
    void threeByThreeTapsWithoutStrideAndDilation() {
        assertFits(true, WINDOW);
        assertFits(true, WINDOW.withPadding(new Padding(1, 1, 1, 1)));
        assertFits(false, new Window(3, 3, 2, 1, 1, 1, Padding.NONE));
        assertFits(false, new Window(3, 3, 1, 2, 1, 1, Padding.NONE));
        assertFits(false, new Window(3, 3, 1, 1, 2, 1, Padding.NONE));
        assertFits(false, new Window(3, 3, 1, 1, 1, 2, Padding.NONE));
        assertFits(false, new Window(3, 2, 1, 1, 1, 1, Padding.NONE));
        assertFits(false, new Window(5, 3, 1, 1, 1, 1, Padding.NONE));
    }

    @Test
    void enoughChannelsInOneGroup() {
        assertFits(true, sketch.conv2d(16, 64, WINDOW, 1, true), 40, 40);
        assertFits(false, sketch.conv2d(15, 64, WINDOW, 1, true), 40, 40);
        assertFits(false, sketch.conv2d(32, 64, WINDOW, 2, true), 40, 40);
    }

    /** 64 x 128 x 16 numbers are 512 KiB. */
    @Test
    void lightWeights() {
        assertFits(true, sketch.conv2d(64, 128, WINDOW, 1, true), 40, 40);
        assertFits(false, sketch.conv2d(64, 129, WINDOW, 1, true), 40, 40);
        assertFits(false, sketch.conv2d(65, 128, WINDOW, 1, true), 40, 40);
    }

    /** 13 rows of 8 squares are 104. */
    @Test
    void moreSquaresThanThreadsCannotShare() {
        assertFits(false, sketch.conv2d(32, 64, WINDOW, 1, true), 2 + 26, 2 + 16);
        assertFits(true, sketch.conv2d(32, 64, WINDOW, 1, true), 2 + 27, 2 + 16);
        assertFits(true, sketch.conv2d(32, 64, WINDOW, 1, true), 2 + 26, 2 + 17);
    }

    @Test
    void noResidual() {
        assertFits(true, sketch.conv2d(32, 32, WINDOW, 1, true).withFusion(Fusion.NONE.withRectifiedInput()), 40, 40);
        Conv2d adding = sketch.conv2d(32, 32, WINDOW.withPadding(new Padding(1, 1, 1, 1)), 1, true)
                .withFusion(Fusion.NONE.withResidual());
        Node input = sketch.input(40, 40, 32);
        assertFits(false, sketch.add(adding, input, input));
    }
}
