package io.xceptionc.runtime;

/**
 * How a model is opened.
 *
 * @param threads how many threads one run may use, the caller's among them; 0 for as many as the JVM sees processors, which in
 *        a container are those it was granted
 * @param vectorBits the width of the vectors, 128, 256 or 512; 0 for what the machine prefers. Results do not depend on it. More
 *        than the machine has is refused when a model is opened.
 */
public record OpenOptions(int threads, int vectorBits) {

    /** All processors, the machine's vectors. */
    public static final OpenOptions DEFAULT = new OpenOptions(0, 0);

    public OpenOptions {
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException("threads are 0 to 1024, not " + threads);
        }
        if (vectorBits != 0 && vectorBits != 128 && vectorBits != 256 && vectorBits != 512) {
            throw new IllegalArgumentException("vectors have 128, 256 or 512 bits, not " + vectorBits);
        }
    }

    /** The same with so many threads. */
    public OpenOptions withThreads(int count) {
        return new OpenOptions(count, vectorBits);
    }

    /** The same with vectors of so many bits. */
    public OpenOptions withVectorBits(int bits) {
        return new OpenOptions(threads, bits);
    }

    /** The number of threads that is meant. */
    int effectiveThreads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
