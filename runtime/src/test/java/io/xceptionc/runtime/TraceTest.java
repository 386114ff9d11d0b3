package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private final FaultyMemory memory = new FaultyMemory(0);

    /** As a run takes it, of which a longer array need not be cut. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void takesTheFirstImageOfAnArrayAsARunDoes(int length) {
        float[] images = new float[length];
        images[0] = 2;
        List<float[]> values = new ArrayList<>();
        try (CompiledModel model = TinyNetworks.before(() -> {
        }, memory)) {
            model.trace(images, (step, value, elements) -> values.add(elements));
            assertArrayEquals(model.run(images), values.getLast());
        }
        assertArrayEquals(new float[] {6}, values.getLast());
        assertEquals(0, memory.openArenas());
    }

    @Test
    void refusesTooShortAnImageAsARunDoes() {
        try (CompiledModel model = TinyNetworks.before(() -> {
        }, memory)) {
            String refusal = assertThrows(IllegalArgumentException.class, () -> model.run(new float[0])).getMessage();
            assertEquals("images have 0 values, the model wants 1", refusal);
            assertEquals(refusal, assertThrows(IllegalArgumentException.class,
                    () -> model.trace(new float[0], (step, value, elements) -> fail())).getMessage());
        }
        assertEquals(0, memory.openArenas());
    }
}
