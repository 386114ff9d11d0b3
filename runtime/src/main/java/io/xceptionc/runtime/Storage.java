package io.xceptionc.runtime;

/** How the kernels' weights lie in a model jar. In memory they are float32 whatever it is, as are biases in the jar. */
public enum Storage {
    /** As float32. */
    F32,
    /** As float16 of IEEE 754: 11 significant bits, up to 65504. */
    F16,
    /** As the upper halves of float32: 8 significant bits, the same range. */
    BF16;

    /** Whether a number takes two bytes. */
    public boolean isHalf() {
        return this != F32;
    }

    /** The nearest number that can be stored, ties to even; infinite if that is out of range. */
    public float round(float value) {
        return this == F32 ? value : decode(encode(value));
    }

    /** The bits of the nearest half, ties to even. */
    public short encode(float value) {
        return switch (this) {
            case F16 -> Float.floatToFloat16(value);
            case BF16 -> upperHalf(value);
            case F32 -> throw new IllegalStateException("float32 is no half");
        };
    }

    private static short upperHalf(float value) {
        int bits = Float.floatToIntBits(value);
        return (short) ((Float.isNaN(value) ? bits : bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
    }

    private float decode(short half) {
        return this == F16 ? Float.float16ToFloat(half) : Float.intBitsToFloat(half << 16);
    }

    /**
     * Widens some halves, which come from an array of them: of anything else, C2 has miscompiled float16ToFloat
     * (JDK-8350835).
     */
    void decode(short[] halves, float[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = this == F16 ? Float.float16ToFloat(halves[i]) : Float.intBitsToFloat(halves[i] << 16);
        }
    }
}
