package io.xceptionc.compiler.graph.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.graph.TensorType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaddingTest {

    @ParameterizedTest
    @CsvSource({
        // size, kernel, stride, dilation, before, after
        "5, 1, 1, 1, 0, 0", "5, 3, 1, 1, 1, 1", "5, 2, 1, 1, 0, 1", "5, 4, 1, 1, 1, 2", "5, 7, 1, 1, 3, 3",
        "5, 3, 2, 1, 1, 1", "6, 3, 2, 1, 0, 1", "147, 3, 2, 1, 1, 1", "74, 3, 2, 1, 0, 1", "299, 3, 2, 1, 1, 1",
        "5, 1, 2, 1, 0, 0", "6, 2, 3, 1, 0, 0", "7, 2, 3, 1, 0, 1", "5, 3, 1, 2, 2, 2", "6, 3, 2, 2, 1, 2",
        "1, 5, 1, 1, 2, 2", "1, 5, 3, 1, 2, 2", "2, 5, 4, 1, 1, 2"})
    void sameIsAsTensorFlowPads(int size, int kernel, int stride, int dilation, int before, int after) {
        Window tall = new Window(kernel, 1, stride, 1, dilation, 1, Padding.NONE);
        assertEquals(new Padding(before, after, 0, 0), Padding.same(size, 3, tall));
        Window wide = new Window(1, kernel, 1, stride, 1, dilation, Padding.NONE);
        assertEquals(new Padding(0, 0, before, after), Padding.same(3, size, wide));
    }

    @Property
    void sameFollowsTheFormulaOfTensorFlow(@ForAll @IntRange(min = 1, max = 300) int size,
            @ForAll @IntRange(min = 1, max = 9) int kernel, @ForAll @IntRange(min = 1, max = 9) int stride,
            @ForAll @IntRange(min = 1, max = 4) int dilation) {
        Window window = new Window(kernel, 1, stride, 1, dilation, 1, Padding.NONE);
        int extent = (kernel - 1) * dilation + 1;
        int total = Math.max(size % stride == 0 ? extent - stride : extent - size % stride, 0);
        Padding same = Padding.same(size, 1, window);
        assertEquals(new Padding(total / 2, total - total / 2, 0, 0), same);
        TensorType result = window.withPadding(same).slideOver(TensorType.image(size, 1, 1), 1);
        assertEquals((size + stride - 1) / stride, result.height());
    }

    @Test
    void paddingsAddUp() {
        assertEquals(new Padding(11, 22, 33, 44), new Padding(1, 2, 3, 4).plus(new Padding(10, 20, 30, 40)));
    }

    @Test
    void isNeverNegative() {
        assertThrows(IllegalArgumentException.class, () -> new Padding(-1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Padding(0, -1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Padding(0, 0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Padding(0, 0, 0, -1));
    }
}
