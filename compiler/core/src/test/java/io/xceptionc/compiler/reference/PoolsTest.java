package io.xceptionc.compiler.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.AdaptivePool2d;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against sums done by hand. */
class PoolsTest {

    private static final Window PADDED_PAIR = new Window(1, 2, 1, 1, 1, 1, new Padding(0, 0, 1, 1));

    @Test
    void paddingIsNeverTheMaximum() {
        Window window = new Window(3, 3, 2, 2, 1, 1, new Padding(1, 1, 1, 1));
        assertYields(new Pool2d(Reduction.MAX, window, false), image(2, 2, 1, -1, -2, -3, -4), -1);
        assertYields(new Pool2d(Reduction.MAX, window, true), image(3, 3, 1, -1, -2, -3, -4, -5, -6, -7, -8, -9), -1,
                -2,
                -4, -5);
    }

    @Test
    void paddingCountsInAMeanOnlyWhenAskedFor() {
        ExactValue x = image(1, 3, 1, 1, 2, 4);
        assertYields(new Pool2d(Reduction.MEAN, PADDED_PAIR, false), x, 1, 1.5, 3, 4);
        assertYields(new Pool2d(Reduction.MEAN, PADDED_PAIR, true), x, 0.5, 1.5, 3, 2);
    }

    @Test
    void channelsAreReducedByThemselves() {
        Window window = new Window(2, 1, 1, 1, 1, 1, Padding.NONE);
        ExactValue x = image(2, 2, 2, 1, 2, 3, 4, 50, 60, 70, 80);
        assertYields(new Pool2d(Reduction.MAX, window, false), x, 50, 60, 70, 80);
        assertYields(new Pool2d(Reduction.MEAN, window, false), x, 25.5, 31, 36.5, 42);
    }

    @Test
    void windowsMoveByTheStride() {
        Window window = new Window(1, 2, 1, 2, 1, 1, Padding.NONE);
        assertYields(new Pool2d(Reduction.MAX, window, false), image(1, 5, 1, 1, 2, 4, 3, 9), 2, 4);
    }

    @Test
    void globalPoolsReduceTheWholeImage() {
        ExactValue x = image(2, 2, 2, 1, 10, 3, -2, -7, 0, 5, 0);
        assertYields(new GlobalPool2d(Reduction.MEAN), x, 0.5, 2);
        assertYields(new GlobalPool2d(Reduction.MAX), x, 5, 10);
        assertYields(new GlobalPool2d(Reduction.MAX, true), x, 5, 10);
        assertYields(new GlobalPool2d(Reduction.MAX), image(1, 1, 1, -3), -3);
    }

    /** PyTorch 2.15 yields the same. */
    @Test
    void partsOfAnImageOverlapWhereTheyDoNotFit() {
        float[] squares = new float[20];
        IntStream.range(0, squares.length).forEach(i -> squares[i] = (i + 1) * (i + 1));
        assertYields(new AdaptivePool2d(Reduction.MEAN, 3, 2), image(4, 5, 1, squares), 163 / 6.0, 295 / 6.0,
                583 / 6.0, 835 / 6.0, 1303 / 6.0, 1675 / 6.0);
        assertYields(new AdaptivePool2d(Reduction.MAX, 3, 2), image(4, 5, 1, squares), 64, 100, 169, 225, 324, 400);
        assertYields(new AdaptivePool2d(Reduction.MEAN, 3, 1), image(2, 2, 1, 1, 4, 36, 49), 2.5, 22.5, 42.5);
    }

    @Test
    void tapsOfAMaximumMayStandApart() {
        Window window = new Window(1, 2, 1, 1, 1, 2, Padding.NONE);
        assertYields(new Pool2d(Reduction.MAX, window, false), image(1, 5, 1, 1, 9, 4, 3, 2), 4, 9, 4);
    }

    private static void assertYields(Op op, ExactValue x, double... expected) {
        assertArrayEquals(expected, ReferenceInterpreter.apply(op, List.of(x)).elements());
    }

    private static ExactValue image(int height, int width, int channels, float... elements) {
        return ExactValue.of(TensorType.image(height, width, channels), elements);
    }
}
