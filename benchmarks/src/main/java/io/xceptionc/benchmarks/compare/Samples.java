package io.xceptionc.benchmarks.compare;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is made of many measurements of one thing. */
final class Samples {

    private Samples() {}

    /** The median of each. */
    static <K> Map<K, Double> medians(Map<K, List<Long>> samples) {
        Map<K, Double> medians = new LinkedHashMap<>();
        samples.forEach((key, values) -> medians.put(key, median(values)));
        return medians;
    }

    /**
     * The one that so great a part of all are less than.
     *
     * @param part from 0 for the least to 1 for the greatest
     * @throws IllegalArgumentException if there is none
     */
    static double quantile(Collection<Long> samples, double part) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        long[] sorted = samples.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) Math.round(part * (sorted.length - 1))];
    }

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
}
