package io.xceptionc.examples;

import java.util.Collection;
import java.util.stream.DoubleStream;

/** The results of a network one after another, as the goldens hold them. */
final class Joined {

    private Joined() {}

    /** Of numbers in double precision. */
    static double[] doubles(Collection<double[]> results) {
        return results.stream().flatMapToDouble(DoubleStream::of).toArray();
    }

    /** Of numbers in single precision. */
    static float[] floats(Collection<float[]> results) {
        float[] joined = new float[results.stream().mapToInt(result -> result.length).sum()];
        int filled = 0;
        for (float[] result : results) {
            System.arraycopy(result, 0, joined, filled, result.length);
            filled += result.length;
        }
        return joined;
    }
}
