package io.xceptionc.compiler.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeededValuesTest {

    /*
     * The expected numbers come from this Python:
     *
     * import struct
     * M = (1 << 64) - 1
     * def values(seed, name, count, low, high):
     *     h = 0xcbf29ce484222325
     *     for b in f"{seed}:{name}".encode(): h = (h ^ b) * 0x100000001b3 & M
     *     for i in range(count):
     *         z = h + (i + 1) * 0x9E3779B97F4A7C15 & M
     *         z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & M
     *         z = (z ^ z >> 27) * 0x94D049BB133111EB & M
     *         z ^= z >> 31
     *         yield struct.unpack("f", struct.pack("f", low + (high - low) * ((z >> 40) * 2.0 ** -24)))[0]
     */

    @Test
    void agreesWithThePythonOfTheSameFormula() {
        // values(7, "input", 5, -1, 1)
        assertArrayEquals(
                new float[] {-8.5492206e-01f, -4.2642987e-01f, -2.462405e-01f, -1.3779747e-01f, -8.887576e-01f},
                SeededValues.of(7, "input", 5, -1, 1));
        // values(-3, "fc.bias", 3, -.1, .1)
        assertArrayEquals(new float[] {5.2393235e-02f, 5.8194734e-02f, 6.046449e-02f},
                SeededValues.of(-3, "fc.bias", 3, -0.1, 0.1));
        // values(42, "größe", 3, 0, 1)
        assertArrayEquals(new float[] {3.1886995e-02f, 1.1334413e-01f, 3.3274454e-01f},
                SeededValues.of(42, "größe", 3, 0, 1));
    }

    @Test
    void theMillionthValueIsRightToo() {
        // list(values(9, "big/kernel", 1_000_001, -sqrt(3/1000001), sqrt(3/1000001)))[-1]
        double bound = Math.sqrt(3.0 / 1_000_001);
        assertEquals(1.6755079e-03f, SeededValues.of(9, "big/kernel", 1_000_001, -bound, bound)[1_000_000]);
    }

    @Property
    void staysWithinItsBoundsAndFillsThem(@ForAll long seed, @ForAll String name,
            @ForAll @IntRange(min = 1000, max = 3000) int count) {
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        double sum = 0;
        for (float value : SeededValues.of(seed, name, count, 0.5, 1.5)) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
            sum += value;
        }
        assertTrue(least >= 0.5f && least < 0.55f, () -> "least");
        assertTrue(greatest <= 1.5f && greatest > 1.45f, () -> "greatest"); // a value just below rounds to it
        assertEquals(1.0, sum / count, 0.08);
    }
}
