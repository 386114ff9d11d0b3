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

    @Test
    void enoughSquares() {
        assertFits(false, sketch.conv2d(32, 64, WINDOW, 1, true), 2 + 2, 2 + 2 * 31);
        assertFits(true, sketch.conv2d(32, 64, WINDOW, 1, true), 2 + 2, 2 + 2 * 32);
        assertFits(true, sketch.conv2d(32, 64, WINDOW, 1, true), 2 + 1, 2 + 2 * 32 - 1);
    }

    @Test
    void weightsOfAnySizeAndResiduals() {
        assertFits(true, sketch.conv2d(512, 512, WINDOW, 1, true), 14, 14);
        assertFits(true, sketch.conv2d(32, 32, WINDOW, 1, true).withFusion(Fusion.NONE.withRectifiedInput()), 40, 40);
        Conv2d adding = sketch.conv2d(32, 32, WINDOW.withPadding(new Padding(1, 1, 1, 1)), 1, true)
                .withFusion(Fusion.NONE.withResidual());
        Node input = sketch.input(40, 40, 32);
        assertFits(true, sketch.add(adding, input, input));
    }

    /** Of 49 squares there are four tiles of at most 16. */
    @Test
    void threadsShareThePanelsOfFewSquares() {
        assertSharesPanels(true, 128, 16);
        assertSharesPanels(false, 96, 16);
        assertSharesPanels(true, 224, 22);
        assertSharesPanels(false, 224, 23);
    }

    private void assertSharesPanels(boolean expected, int filters, int side) {
        Node conv = sketch.add(sketch.conv2d(64, filters, WINDOW, 1, true), sketch.input(side, side, 64));
        assertEquals(expected, Schedule.cheapest(conv).matrixProduct().orElseThrow().product().sharesPanels());
    }
}
