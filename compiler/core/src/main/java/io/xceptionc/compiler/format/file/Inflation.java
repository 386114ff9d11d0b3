package io.xceptionc.compiler.format.file;

/**
 * What compressed data may become. Trained weights hardly become smaller; what shrinks a hundredfold is made to fill
 * the memory.
 */
public final class Inflation {

    /** As much as any machine has. Up to here, all may be zeros. */
    private static final long HARMLESS_BYTES = 1L << 26;

    private static final long HIGHEST_RATIO = 100;

    private Inflation() {}

    /** Whether so many bytes are more than weights of so many stored ones can have. */
    public static boolean isSuspicious(long storedByteCount, long byteCount) {
        return byteCount > HARMLESS_BYTES && byteCount / HIGHEST_RATIO > storedByteCount;
    }
}
