package io.xceptionc.benchmarks.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fused multiply-adds on registers alone, as fast as one core can: no network does more. A run is
 * {@value #FLOPS_PER_RUN} operations, of which each multiply-add is two.
 */
public final class FmaPeak implements Engine {

    /** Operations of a run. */
    public static final long FLOPS_PER_RUN = 1L << 31;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /** Enough independent sums to hide the latency of two units, few enough for 16 registers. */
    private static final int SUMS = 12;

    private float result;

    /** The machine's own vectors. */
    public FmaPeak() {}

    @Override
    public void run() {
        result = sum(Math.toIntExact(FLOPS_PER_RUN / (2L * SUMS * SPECIES.length())));
    }

    /** Sums of {@code x / 2 + 1}, which stay between 0 and 2. */
    private static float sum(int rounds) {
        FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector a = one;
        FloatVector b = one;
        FloatVector c = one;
        FloatVector d = one;
        FloatVector e = one;
        FloatVector f = one;
        FloatVector g = one;
        FloatVector h = one;
        FloatVector i = one;
        FloatVector j = one;
        FloatVector k = one;
        FloatVector l = one;
        for (int round = 0; round < rounds; round++) {
            a = a.fma(half, one);
            b = b.fma(half, one);
            c = c.fma(half, one);
            d = d.fma(half, one);
            e = e.fma(half, one);
            f = f.fma(half, one);
            g = g.fma(half, one);
            h = h.fma(half, one);
            i = i.fma(half, one);
            j = j.fma(half, one);
            k = k.fma(half, one);
            l = l.fma(half, one);
        }
        return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
    }

    @Override
    public float[] result() {
        return new float[] {result};
    }

    @Override
    public void close() {}
}
