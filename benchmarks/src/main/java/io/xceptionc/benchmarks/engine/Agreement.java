package io.xceptionc.benchmarks.engine;

import io.xceptionc.runtime.ExpectedValue;

/** Whether two engines have computed the same. */
public final class Agreement {

    /** How far results in float32 may lie apart, as a part of the scale. */
    public static final double TOLERANCE = 1e-4;

    private Agreement() {}

    /**
     * The greatest difference of two results, as a part of the greatest expected magnitude; infinite if they are not of
     * one length, or one is not finite where the other is not the same.
     */
    public static double error(float[] expected, float[] actual) {
        if (expected.length != actual.length) {
            return Double.POSITIVE_INFINITY;
        }
        double scale = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, ExpectedValue.magnitude(expected[i]));
            difference = Math.max(difference, ExpectedValue.distance(expected[i], actual[i]));
        }
        return difference == 0 ? 0 : difference / scale;
    }
}
