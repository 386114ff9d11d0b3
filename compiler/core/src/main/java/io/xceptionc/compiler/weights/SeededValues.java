package io.xceptionc.compiler.weights;

import java.nio.charset.StandardCharsets;

/**
 * Numbers drawn by a formula from a seed, a name and an index: the same on every machine and in every language.
 *
 * <p>
 * With {@code h} the 64-bit FNV-1a hash of {@code "<seed>:<name>"} in UTF-8, element {@code i} is
 * {@code low + (high - low) * u}, computed in double and rounded once to float, where {@code u} is the upper 24 bits of
 * SplitMix64's {@code i}-th output for the state {@code h}, as a fraction of one.
 *
 * @see <a href="http://www.isthe.com/chongo/tech/comp/fnv/">Fowler, Noll and Vo's hash</a>
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators</a>
 */
public final class SeededValues {

    private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private SeededValues() {}

    /**
     * Numbers from {@code low} up to {@code high}.
     *
     * @param seed any number
     * @param name what the numbers are for
     * @param count how many
     */
    public static float[] of(long seed, String name, int count, double low, double high) {
        long state = hash(seed + ":" + name);
        double range = high - low;
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            state += GOLDEN_GAMMA;
            values[i] = (float) (low + range * fraction(state));
        }
        return values;
    }

    private static double fraction(long state) {
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (mixed >>> 40) * 0x1p-24;
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET_BASIS;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
        }
        return hash;
    }
}
