package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageTest {

    /** Bits as {@code torch.tensor(x).to(torch.float16 or torch.bfloat16).view(torch.int16)} has them. */
    @ParameterizedTest
    @CsvSource({"F16, 1, 3c00, 1", "F16, -2.5, c100, -2.5", "F16, 65504, 7bff, 65504", "F16, 65519, 7bff, 65504",
        "F16, 65520, 7c00, Infinity", "F16, 6e-8, 0001, 5.9604645e-8", "F16, 1e-8, 0000, 0",
        "F16, 1.00048828125, 3c00, 1", "F16, 1.00146484375, 3c02, 1.001953125", "BF16, 1, 3f80, 1",
        "BF16, 1.00390625, 3f80, 1", "BF16, 1.01171875, 3f82, 1.015625", "BF16, -3e38, ff62, -3.0040553e38",
        "BF16, 1e-40, 0001, 9.18355e-41"})
    void roundsToTheNearestTiesToEven(Storage storage, float value, String bits, float rounded) {
        assertEquals(bits, "%04x".formatted(storage.encode(value)));
        assertEquals(rounded, storage.round(value));
        float[] decoded = new float[1];
        storage.decode(new short[] {storage.encode(value)}, decoded, 1);
        assertEquals(rounded, decoded[0]);
    }
}
