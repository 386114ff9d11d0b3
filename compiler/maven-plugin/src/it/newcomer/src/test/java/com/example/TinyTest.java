package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import org.junit.jupiter.api.Test;
import xceptionc.model.tiny.Tiny;

class TinyTest {

    @Test
    void theModelIsThereWithItsWeightsAndLabels() {
        try (CompiledModel model = CompiledModel.open(Tiny.class, OpenOptions.DEFAULT)) {
            float[] probabilities = model.run(new float[8 * 8 * 3]);
            assertEquals("bird", model.signature().label(2));
            assertEquals(3, probabilities.length);
            assertEquals(1, probabilities[0] + probabilities[1] + probabilities[2], 1e-6);
        }
    }
}
