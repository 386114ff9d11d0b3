package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** How close two computations of the same values are. */
final class Closeness {

    private Closeness() {}

    /** The greatest error, as a part of the greatest expected magnitude. Not a number if any value is none. */
    static double error(float[] expected, float[] actual) {
        assertEquals(expected.length, actual.length);
        double scale = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, Math.abs((double) expected[i]));
            error = Math.max(error, Math.abs((double) expected[i] - actual[i]));
        }
        return error / scale;
    }
}
