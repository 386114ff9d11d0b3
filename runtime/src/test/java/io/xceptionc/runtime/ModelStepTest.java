package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStepTest {

    private static final ModelStep SEPARABLE = new ModelStep("block2/sepconv1@2", "separable_conv2d",
            List.of("depthwise3x3Sliding", "multiply"), 12_345_678_901L, 4096);
    private static final ModelStep INPUT = new ModelStep("input", "input", List.of(), 0, 96);

    @Test
    void isReadAsItWasWritten() {
        assertAll(() -> assertEquals(
                "separable_conv2d depthwise3x3Sliding+multiply 12345678901 4096 block2/sepconv1@2", SEPARABLE.toText()),
                () -> assertEquals(SEPARABLE, ModelStep.of(SEPARABLE.toText())),
                () -> assertEquals("input - 0 96 input", INPUT.toText()),
                () -> assertEquals(INPUT, ModelStep.of(INPUT.toText())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "input - 0 96", "input - x 96 input", "input - 0  input"})
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ModelStep.of(text));
    }

    @Test
    void aMultiplicationWithAnAdditionIsTwoOperations() {
        assertEquals(24_691_357_802L, SEPARABLE.floatingPointOperations());
    }
}
