package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelProvider;
import org.junit.jupiter.api.Test;
import xceptionc.model.tiny.TinyModel;

class TinyTest {

    @Test
    void theModelIsFoundByItsName() {
        try (CompiledModel model = ModelProvider.named("tiny").open()) {
            assertEquals("cat", model.signature().label(0));
        }
    }

    @Test
    void theModelIsThereWithItsWeightsAndLabels() {
        try (CompiledModel model = new TinyModel().open()) {
            float[] probabilities = model.run(new float[8 * 8 * 3]);
            assertEquals("bird", model.signature().label(2));
            assertEquals(3, probabilities.length);
            assertEquals(1, probabilities[0] + probabilities[1] + probabilities[2], 1e-6);
        }
    }
}
