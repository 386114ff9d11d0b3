package io.xceptionc.compiler.format.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What the elements of a stored tensor are, by the names of safetensors.
 *
 * @see <a href="https://huggingface.co/docs/safetensors/index#format">the format of safetensors</a>
 */
public enum ElementType {
    /** 64-bit floating point numbers. */
    F64(8),
    /** 32-bit floating point numbers. */
    F32(4),
    /** 16-bit floating point numbers of IEEE 754: 5 bits of exponent. */
    F16(2),
    /** The upper halves of 32-bit floating point numbers: 8 bits of exponent. */
    BF16(2),
    /** 8-bit floating point numbers, 5 bits of exponent. */
    F8_E5M2(1),
    /** 8-bit floating point numbers, 4 bits of exponent. */
    F8_E4M3(1),
    /** Pairs of 32-bit floating point numbers, real and imaginary part. */
    C64(8),
    /** 64-bit integers. */
    I64(8),
    /** 32-bit integers. */
    I32(4),
    /** 16-bit integers. */
    I16(2),
    /** 8-bit integers. */
    I8(1),
    /** 64-bit integers without sign. */
    U64(8),
    /** 32-bit integers without sign. */
    U32(4),
    /** 16-bit integers without sign. */
    U16(2),
    /** 8-bit integers without sign. */
    U8(1),
    /** Truth values, a byte each. */
    BOOL(1);

    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Large enough that a call costs nothing, small enough that the numbers stay in the cache. */
    private static final int CHUNK = 4096;

    private final int byteSize;

    ElementType(int byteSize) {
        this.byteSize = byteSize;
    }

    /** The bytes of one element. */
    public int byteSize() {
        return byteSize;
    }

    /**
     * Whether elements can be read and written as {@code float}: {@link #F64}, {@link #F32}, {@link #F16}, {@link
     * #BF16}.
     */
    public boolean isFloat() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /**
     * Reads all elements, little-endian, as {@code float}; F64 is rounded, the others are exact.
     *
     * <p> The bytes are copied to arrays first: where they are those of a file that someone cuts off meanwhile, a copy
     * throws an {@link InternalError}, but a loop over the segment might end the JVM.
     *
     * @throws IllegalStateException if this is not {@link #isFloat}
     */
    public float[] read(MemorySegment bytes) {
        int count = Math.toIntExact(bytes.byteSize() / byteSize);
        float[] values = new float[count];
        switch (this) {
            case F64 -> readDoubles(bytes, values);
            case F32 -> MemorySegment.copy(bytes, FLOAT, 0, values, 0, count);
            case F16, BF16 -> readHalves(bytes, values);
            case F8_E5M2, F8_E4M3, C64, I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> throw notFloat();
        }
        return values;
    }

    private static void readDoubles(MemorySegment bytes, float[] values) {
        double[] chunk = new double[CHUNK];
        for (int start = 0; start < values.length; start += CHUNK) {
            int count = Math.min(CHUNK, values.length - start);
            MemorySegment.copy(bytes, DOUBLE, (long) start * Double.BYTES, chunk, 0, count);
            for (int i = 0; i < count; i++) {
                values[start + i] = (float) chunk[i];
            }
        }
    }

    /** Halves come from a {@code short} array only: C2 has miscompiled float16ToFloat of other types (JDK-8350835). */
    private void readHalves(MemorySegment bytes, float[] values) {
        short[] chunk = new short[CHUNK];
        for (int start = 0; start < values.length; start += CHUNK) {
            int count = Math.min(CHUNK, values.length - start);
            MemorySegment.copy(bytes, SHORT, (long) start * Short.BYTES, chunk, 0, count);
            for (int i = 0; i < count; i++) {
                values[start + i] = this == F16 ? Float.float16ToFloat(chunk[i]) : Float.intBitsToFloat(chunk[i] << 16);
            }
        }
    }

    /**
     * Writes some of the values as elements of this type, little-endian, each rounded to the nearest, ties to even.
     *
     * @throws IllegalStateException if this is not {@link #isFloat}
     */
    public void write(float[] values, int start, int count, MemorySegment bytes) {
        for (int i = 0; i < count; i++) {
            float value = values[start + i];
            switch (this) {
                case F64 -> bytes.setAtIndex(DOUBLE, i, value);
                case F32 -> bytes.setAtIndex(FLOAT, i, value);
                case F16 -> bytes.setAtIndex(SHORT, i, Float.floatToFloat16(value));
                case BF16 -> bytes.setAtIndex(SHORT, i, upperHalf(value));
                case F8_E5M2, F8_E4M3, C64, I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> throw notFloat();
            }
        }
    }

    private static short upperHalf(float value) {
        int bits = Float.floatToIntBits(value);
        int half = Float.isNaN(value) ? bits : bits + 0x7FFF + (bits >>> 16 & 1);
        return (short) (half >>> 16);
    }

    private IllegalStateException notFloat() {
        return new IllegalStateException(this + " is no floating point type that can be read");
    }
}
