package io.xceptionc.runtime.kernel;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one width of vectors of this process. C2 takes the vectors of a method for those of the only class that is
 * loaded; where there are two of them, each vector becomes an object, and kernels are hundreds of times slower.
 */
public final class ProcessVectors {

    private static final AtomicInteger BITS_IN_USE = new AtomicInteger();

    private ProcessVectors() {}

    /**
     * Decides the width unless that was done before, and returns what was decided.
     *
     * @param bits 128, 256 or 512
     */
    public static int claim(int bits) {
        int before = BITS_IN_USE.compareAndExchange(0, bits);
        return before == 0 ? bits : before;
    }
}
