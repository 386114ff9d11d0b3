package io.xceptionc.benchmarks.compare;

import java.util.Collection;

/** What is made of many measurements of one thing. */
final class Samples {

    private Samples() {}

    /**
     * The middle one, or the mean of the two in the middle.
     *
     * @throws IllegalArgumentException if there is none
     */
    static double median(Collection<Long> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        long[] sorted = samples.stream().mapToLong(Long::longValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    /**
     * The greatest difference of two results, as a part of the greatest expected magnitude; infinite if they are not of
     * one length or hold what is no number.
     */
    static double error(float[] expected, float[] actual) {
        if (expected.length != actual.length) {
            return Double.POSITIVE_INFINITY;
        }
        double scale = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, Math.abs((double) expected[i]));
            difference = Math.max(difference, Math.abs((double) expected[i] - actual[i]));
        }
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference / scale;
    }
}
