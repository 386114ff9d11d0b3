package io.xceptionc.compiler.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void valuesAreComputedOnceAndOnlyWhenAskedFor() {
        AtomicInteger calls = new AtomicInteger();
        Tensor tensor = Tensor.lazy("kernel", List.of(1, 2), () -> new float[] {calls.incrementAndGet(), 7});
        assertEquals(0, calls.get());
        assertArrayEquals(new float[] {1, 7}, tensor.values());
        assertArrayEquals(new float[] {1, 7}, tensor.values());
    }

    @Test
    void valuesMustFillTheShape() {
        Tensor tensor = Tensor.lazy("kernel", List.of(2, 2), () -> new float[3]);
        IllegalStateException problem = assertThrows(IllegalStateException.class, tensor::values);
        assertEquals("tensor 'kernel' has 3 values, not 4", problem.getMessage());
    }

    @Test
    void declaredTensorsHaveNoValues() {
        Tensor tensor = Tensor.declared("kernel", List.of(3, 3, 4, 8));
        assertEquals("kernel[3, 3, 4, 8]", tensor.toString());
        assertEquals(288, tensor.elementCount());
        assertEquals(8, tensor.dimension(3));
        IllegalStateException problem = assertThrows(IllegalStateException.class, tensor::values);
        assertEquals("tensor 'kernel' has no values: no weights were bound", problem.getMessage());
    }

    @Test
    void elementsAreNeverMoreThanAnIntCounts() {
        Tensor tensor = Tensor.declared("kernel", List.of(1 << 16, 1 << 16));
        assertThrows(ArithmeticException.class, tensor::elementCount);
    }
}
