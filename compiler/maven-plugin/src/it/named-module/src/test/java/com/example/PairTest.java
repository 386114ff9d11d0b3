package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelProvider;
import org.junit.jupiter.api.Test;
import xceptionc.model.pair.PairModel;

class PairTest {

    @Test
    void theModelOfANamedModuleIsFoundByItsName() {
        assertEquals("com.example.named", PairModel.class.getModule().getName());
        try (CompiledModel model = ModelProvider.named("pair").open()) {
            assertEquals(2, model.run(new float[] {3, 4}).length);
        }
    }
}
