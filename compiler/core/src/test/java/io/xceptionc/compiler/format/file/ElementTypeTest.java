package io.xceptionc.compiler.format.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementTypeTest {

    @Test
    void allHalvesAreWhatTheirBitsSay() {
        float[] values = ElementType.F16.read(everyHalf());
        for (int bits = 0; bits < 0x10000; bits++) {
            int exponent = bits >> 10 & 0x1f;
            int fraction = bits & 0x3ff;
            double magnitude = exponent == 0x1f
                    ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                    : exponent == 0 ? Math.scalb((double) fraction, -24) : Math.scalb(1024.0 + fraction, exponent - 25);
            assertEquals((float) (bits < 0x8000 ? magnitude : -magnitude), values[bits]);
        }
    }

    @Test
    void allUpperHalvesAreWhatTheirBitsSay() {
        float[] values = ElementType.BF16.read(everyHalf());
        for (int bits = 0; bits < 0x10000; bits++) {
            assertEquals(Float.intBitsToFloat(bits << 16), values[bits]);
        }
    }

    @Test
    void valuesAreRoundedToTheNearestUpperHalf() {
        float[] values =
                {1, -2.5f, 0x1.01p0f, 0x1.03p0f, 0x1.010002p0f, Float.MAX_VALUE, Float.POSITIVE_INFINITY,
                    Float.MIN_VALUE};
        assertEquals("803f 20c0 803f 823f 813f 807f 807f 0000", hex(ElementType.BF16, values));
        byte[] notANumber = new byte[2];
        ElementType.BF16.write(new float[] {Float.intBitsToFloat(0x7f800001)}, 0, 1, MemorySegment.ofArray(notANumber));
        assertEquals("c07f", HexFormat.of().formatHex(notANumber));
    }

    @Test
    void valuesAreRoundedToTheNearestHalf() {
        assertEquals("003c 0080 007c ff7b 0100", hex(ElementType.F16, 1.0001f, -0.0f, 65520, 65519, 5e-8f));
    }

    @ParameterizedTest
    @EnumSource(names = {"F64", "F32", "F16", "BF16"})
    void whatIsWrittenIsReadAgain(ElementType type) {
        float[] values = new float[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 256 - 128) * 0.25f;
        }
        byte[] bytes = new byte[values.length * type.byteSize()];
        type.write(values, 0, values.length, MemorySegment.ofArray(bytes));
        assertArrayEquals(values, type.read(MemorySegment.ofArray(bytes)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"F64", "F32", "F16", "BF16"})
    void othersAreNotRead(ElementType type) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[8]);
        assertThrows(IllegalStateException.class, () -> type.read(bytes));
        assertThrows(IllegalStateException.class, () -> type.write(new float[1], 0, 1, bytes));
    }

    private static MemorySegment everyHalf() {
        byte[] bytes = new byte[0x20000];
        for (int bits = 0; bits < 0x10000; bits++) {
            bytes[2 * bits] = (byte) bits;
            bytes[2 * bits + 1] = (byte) (bits >> 8);
        }
        return MemorySegment.ofArray(bytes);
    }

    private static String hex(ElementType type, float... values) {
        byte[] bytes = new byte[values.length * type.byteSize()];
        type.write(values, 0, values.length, MemorySegment.ofArray(bytes));
        return HexFormat.of().formatHex(bytes).replaceAll("(.{4})(?!$)", "$1 ");
    }
}
