package com.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.kernel.Network;
import org.junit.jupiter.api.Test;
import xceptionc.model.numbers.Numbers;

class ModelsTest {

    /** One times 3 and 2 times 4, and the bias; 10 times 3 and 20 times 4, and the bias. */
    private static final float[] EXPECTED = {11.5f, 110.25f};

    private static float[] run(Class<? extends Network> model, int batch, float... input) {
        try (CompiledModel opened = CompiledModel.open(model, OpenOptions.DEFAULT)) {
            assertEquals(batch, opened.signature().batch());
            return opened.run(input);
        }
    }

    @Test
    void eachExecutionHasItsOwnConfiguration() {
        assertArrayEquals(EXPECTED, run(com.example.one.Same.class, 1, 3, 4));
        assertEquals(12, run(com.example.others.Same.class, 4, new float[8]).length);
    }

    @Test
    void testsHaveModelsOfTheirOwn() {
        assertArrayEquals(EXPECTED, run(Numbers.class, 1, 3, 4));
    }
}
