package io.xceptionc.runtime;

/**
 * Where weights lie among a model's constants in memory that are stored as halves.
 *
 * @param byteOffset their first byte
 * @param count how many there are
 */
public record WeightRange(long byteOffset, long count) {

    public WeightRange {
        if (byteOffset < 0 || count < 1 || count > Long.MAX_VALUE / Float.BYTES - byteOffset) {
            throw new IllegalArgumentException("no weights lie at " + byteOffset + ":" + count);
        }
    }

    /** The byte behind them in memory. */
    public long end() {
        return byteOffset + count * Float.BYTES;
    }

    /** {@code byteOffset:count}. */
    String toText() {
        return byteOffset + ":" + count;
    }

    /**
     * Reads what {@link #toText} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static WeightRange of(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + text + "' is no range of weights");
        }
        return new WeightRange(Long.parseLong(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }
}
