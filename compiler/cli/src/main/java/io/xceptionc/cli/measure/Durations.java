package io.xceptionc.cli.measure;

import java.util.Arrays;

/** A sample of latencies in nanoseconds, with its percentiles by nearest rank. */
final class Durations {

    private final long[] sorted;

    /** Of at least one time, in any order. */
    Durations(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    /** How many times there are. */
    int count() {
        return sorted.length;
    }

    /** The least time of which so many per cent of all are no longer; at 0 the least of all, at 50 the median. */
    long percentile(int percent) {
        int rank = Math.ceilDiv(sorted.length * percent, 100);
        return sorted[Math.max(0, rank - 1)];
    }
}
