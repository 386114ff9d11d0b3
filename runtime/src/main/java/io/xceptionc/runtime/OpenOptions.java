package io.xceptionc.runtime;

import java.util.Objects;

/**
 * How a model is opened.
 *
 * @param threads how many threads one run may use, the caller's among them; 0 for as many as the JVM sees processors,
 *        which in a container are those it was granted
 * @param vectorBits the width of the vectors, 128, 256 or 512; 0 for what the machine prefers. Results do not depend on
 *        it. More than the machine has is refused when a model is opened, and so is another width than that of the
 *        models that the process has opened before: HotSpot compiles vectors of one width only as they should be.
 * @param warmUp who waits until HotSpot has compiled the kernels
 * @param strict whether a model that would crawl here, as no optimising compiler takes its kernels, is refused rather
 *        than run
 * @param mappedWeights whether weights are used where they lie in the jar or file, which processes then share, rather
 *        than copied. <strong>Only for files that nobody overwrites or cuts while the model is open: that would kill
 *        the JVM.</strong> Replacing such a file by moving another into its place, as {@code xceptionc compile} does,
 *        is harmless.
 * @param arrays what the model's arrays are to hold
 */
public record OpenOptions(
        int threads,
        int vectorBits,
        WarmUpTime warmUp,
        boolean strict,
        boolean mappedWeights,
        ArrayValues arrays) {

    /**
     * All processors, the machine's vectors, warmed up in the background, not strict, weights copied, arrays as
     * compiled.
     */
    public static final OpenOptions DEFAULT = new OpenOptions(0, 0, WarmUpTime.IN_BACKGROUND, false, false);

    /** Who waits until HotSpot has compiled a model's kernels, which takes some tenths of a second. */
    public enum WarmUpTime {
        /** The first run, as far as they are not compiled by then. */
        IN_BACKGROUND,
        /** Who opens the model: the first run takes no longer than the others. */
        BEFORE_OPEN_RETURNS
    }

    /** With arrays as the model was compiled for. */
    public OpenOptions(int threads, int vectorBits, WarmUpTime warmUp, boolean strict, boolean mappedWeights) {
        this(threads, vectorBits, warmUp, strict, mappedWeights, ArrayValues.AS_COMPILED);
    }

    public OpenOptions {
        Objects.requireNonNull(warmUp);
        Objects.requireNonNull(arrays);
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException("threads are 0 to 1024, not " + threads);
        }
        if (vectorBits != 0 && vectorBits != 128 && vectorBits != 256 && vectorBits != 512) {
            throw new IllegalArgumentException("vectors have 128, 256 or 512 bits, not " + vectorBits);
        }
    }

    /** The same with so many threads. */
    public OpenOptions withThreads(int count) {
        return new OpenOptions(count, vectorBits, warmUp, strict, mappedWeights, arrays);
    }

    /** The same with vectors of so many bits. */
    public OpenOptions withVectorBits(int bits) {
        return new OpenOptions(threads, bits, warmUp, strict, mappedWeights, arrays);
    }

    /** The same with another time for the warm-up. */
    public OpenOptions withWarmUp(WarmUpTime time) {
        return new OpenOptions(threads, vectorBits, time, strict, mappedWeights, arrays);
    }

    /** The same, but strict. */
    public OpenOptions withStrictness() {
        return new OpenOptions(threads, vectorBits, warmUp, true, mappedWeights, arrays);
    }

    /**
     * The same, but weights stay where they lie.
     *
     * @see #mappedWeights
     */
    public OpenOptions withMappedWeights() {
        return new OpenOptions(threads, vectorBits, warmUp, strict, true, arrays);
    }

    /** The same with arrays that hold something else. */
    public OpenOptions withArrays(ArrayValues values) {
        return new OpenOptions(threads, vectorBits, warmUp, strict, mappedWeights, values);
    }

    /** The number of threads that is meant. */
    int effectiveThreads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
