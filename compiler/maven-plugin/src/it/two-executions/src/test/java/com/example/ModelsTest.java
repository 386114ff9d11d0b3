package com.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelProvider;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.kernel.Network;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
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
    void allModelsAreFound() {
        assertEquals(
                Set.of("com.example.Own", "com.example.one.SameModel", "com.example.others.SameModel",
                        "xceptionc.model.numbers.NumbersModel"),
                ServiceLoader.load(ModelProvider.class).stream().map(provider -> provider.type().getName())
                        .collect(Collectors.toSet()));
        try (CompiledModel own = ModelProvider.named("own").open();
                CompiledModel ofTest = ModelProvider.named("numbers").open()) {
            assertArrayEquals(own.run(new float[] {3, 4}), ofTest.run(new float[] {3, 4}));
        }
    }

    @Test
    void testsHaveModelsOfTheirOwn() {
        assertArrayEquals(EXPECTED, run(Numbers.class, 1, 3, 4));
    }
}
