package io.xceptionc.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * What a model carries to test itself: an image drawn from a seed, its network's input as it is, and what the
 * compiler's reference interpreter, which computes in double precision and by nothing but the operators' formulas, has
 * made of it with the same weights.
 *
 * @param drawing how the image is drawn
 * @param seed what it is drawn from
 * @param tolerance the greatest error that float32 explains, as a part of each value's scale
 * @param values what steps yield, in order; the last one is the result
 */
public record SelfTest(Drawing drawing, long seed, double tolerance, List<ExpectedValue> values) {

    /** How the image of a self-test is drawn. */
    public enum Drawing {
        /** Every element is drawn, as {@link SelfTest#image} does: what self-tests had first. */
        NOISE,
        /**
         * So is the first quarter, and what is small; the rest is {@value SelfTest#EVEN}. Sums over it grow far beyond
         * their terms, unlike those over noise, so that one which loses digits shows.
         */
        MOSTLY_EVEN;

        /** Draws an image. */
        public float[] image(long seed, int length) {
            float[] image = SelfTest.image(seed, length);
            if (this == MOSTLY_EVEN) {
                Arrays.fill(image, Math.max(length / 4, Math.min(length, SMALL)), length, EVEN);
            }
            return image;
        }
    }

    /** What the name of the self-test ends with, beside the generated class. */
    public static final String SUFFIX = ".selftest";

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final String SEED = "seed";
    private static final String DRAWING = "drawing";
    private static final String DRAWING_SEED = "drawing.seed";
    private static final String VALUE = "value.";
    private static final int SMALL = 4096;
    /** Has no short binary fraction, so that sums of it are rounded. */
    private static final float EVEN = 0.7f;

    public SelfTest {
        values = List.copyOf(values);
        if (!(tolerance > 0) || values.isEmpty()) {
            throw new IllegalArgumentException("a self-test has a tolerance and values");
        }
    }

    /** With an image of noise. */
    public SelfTest(long seed, double tolerance, List<ExpectedValue> values) {
        this(Drawing.NOISE, seed, tolerance, values);
    }

    /** The image. */
    float[] image(int length) {
        return drawing.image(seed, length);
    }

    /** The result. */
    ExpectedValue result() {
        return values.getLast();
    }

    /**
     * Draws an image of noise: element {@code i} is {@code 2 u - 1}, where {@code u} is the upper 24 bits of
     * SplitMix64's {@code i}-th output for the seed, as a fraction of one.
     *
     * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators</a>
     */
    public static float[] image(long seed, int length) {
        float[] image = new float[length];
        long state = seed;
        for (int i = 0; i < length; i++) {
            state += GOLDEN_GAMMA;
            long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            mixed ^= mixed >>> 31;
            image[i] = (mixed >>> 40) * 0x1p-23f - 1;
        }
        return image;
    }

    /**
     * As text, in a fixed order. A drawing that earlier runtimes do not know has another key for its seed, so that they
     * say what is missing and do not draw something else.
     */
    public String toText() {
        StringBuilder text = new StringBuilder("# An image, and what the reference interpreter makes of it:"
                + " step, scale, stride, elements\n");
        text.append(drawing == Drawing.NOISE ? SEED : DRAWING + " = " + drawing + "\n" + DRAWING_SEED).append(" = ")
                .append(seed).append("\ntolerance = ").append(tolerance).append("\nvalues = ")
                .append(values.size()).append('\n');
        for (int i = 0; i < values.size(); i++) {
            text.append(VALUE).append(i).append(" = ").append(values.get(i).toText()).append('\n');
        }
        return text.toString();
    }

    /**
     * Reads what {@link #toText} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static SelfTest of(Properties properties) {
        List<ExpectedValue> values = new ArrayList<>();
        int count = Integer.parseInt(required(properties, "values"));
        for (int i = 0; i < count; i++) {
            values.add(ExpectedValue.of(required(properties, VALUE + i)));
        }
        boolean named = properties.containsKey(DRAWING);
        return new SelfTest(named ? Drawing.valueOf(required(properties, DRAWING)) : Drawing.NOISE,
                Long.parseLong(required(properties, named ? DRAWING_SEED : SEED)),
                Double.parseDouble(required(properties, "tolerance")), values);
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("it lacks '" + key + "'");
        }
        return value;
    }
}
