package io.xceptionc.compiler.graph.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.graph.TensorType;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    @ParameterizedTest
    @CsvSource({
        // size, kernel, stride, dilation, padding before, padding after, result
        "299, 3, 2, 1, 0, 0, 149", "149, 3, 1, 1, 0, 0, 147", "147, 3, 2, 1, 1, 1, 74", "74, 1, 2, 1, 0, 0, 37",
        "5, 5, 1, 1, 0, 0, 1", "5, 5, 9, 1, 0, 0, 1", "6, 3, 2, 1, 0, 0, 2", "7, 3, 1, 2, 0, 0, 3",
        "7, 3, 1, 3, 0, 0, 1", "1, 1, 1, 1, 2, 3, 6", "1, 3, 1, 1, 0, 2, 1", "4, 2, 3, 1, 1, 0, 2"})
    void slidesAsFarAsItFits(int size, int kernel, int stride, int dilation, int before, int after, int expected) {
        Window tall = new Window(kernel, 1, stride, 1, dilation, 1, new Padding(before, after, 0, 0));
        assertEquals(TensorType.image(expected, 11, 5), tall.slideOver(TensorType.image(size, 11, 4), 5));
        Window wide = new Window(1, kernel, 1, stride, 1, dilation, new Padding(0, 0, before, after));
        assertEquals(TensorType.image(11, expected, 5), wide.slideOver(TensorType.image(11, size, 4), 5));
    }

    @Test
    void largerThanThePaddedImageItDoesNotFit() {
        Window window = new Window(3, 3, 1, 1, 2, 1, new Padding(1, 0, 0, 0));
        assertEquals(TensorType.image(1, 1, 1), window.slideOver(TensorType.image(4, 3, 1), 1));
        ShapeException problem =
                assertThrows(ShapeException.class, () -> window.slideOver(TensorType.image(3, 2, 1), 1));
        assertEquals("has a window of 5 x 3, its padded input is only 4 x 2", problem.getMessage());
    }

    @Test
    void vectorsHaveNoPlaceForIt() {
        assertThrows(ShapeException.class, () -> Window.POINTWISE.slideOver(TensorType.vector(3), 3));
    }

    @Test
    void dilationWidensItsExtentButAddsNoTaps() {
        Window window = new Window(3, 5, 1, 1, 4, 2, Padding.NONE);
        assertEquals(9, window.extentHeight());
        assertEquals(9, window.extentWidth());
        assertEquals(15, window.tapCount());
    }

    @Test
    void pointwiseMeansOneTapWithoutPadding() {
        assertTrue(Window.POINTWISE.isPointwise());
        assertTrue(new Window(1, 1, 2, 3, 4, 5, Padding.NONE).isPointwise());
        assertFalse(Window.POINTWISE.withPadding(new Padding(0, 0, 0, 1)).isPointwise());
        assertFalse(new Window(1, 2, 1, 1, 1, 1, Padding.NONE).isPointwise());
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void itMeetsTheImageWhereverPaddingIsNarrowerThanItself(@ForAll @IntRange(min = 1, max = 9) int size,
            @ForAll @IntRange(min = 1, max = 5) int kernel, @ForAll @IntRange(min = 1, max = 5) int stride,
            @ForAll @IntRange(max = 6) int before, @ForAll @IntRange(max = 6) int after) {
        Window window = new Window(kernel, 1, stride, 1, 1, 1, new Padding(before, after, 0, 0));
        if (window.alwaysMeetsImage() && kernel <= before + size + after) {
            int rows = window.slideOver(TensorType.image(size, 1, 1), 1).height();
            for (int row = 0; row < rows; row++) {
                int first = row * stride - before;
                assertTrue(first < size && first + kernel > 0, "row " + row);
            }
        }
    }

    @Test
    void sizesArePositive() {
        assertThrows(IllegalArgumentException.class, () -> new Window(0, 1, 1, 1, 1, 1, Padding.NONE));
        assertThrows(IllegalArgumentException.class, () -> new Window(1, 1, 1, 0, 1, 1, Padding.NONE));
        assertThrows(IllegalArgumentException.class, () -> new Window(1, 1, 1, 1, 1, -1, Padding.NONE));
    }
}
