package io.xceptionc.cli.measure;

import java.time.Duration;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The peak of one thread, the roof of a roofline model: fused multiply-adds on registers alone, with the vectors that
 * the machine prefers. No network does more. The accumulators are more than a core has operations under way at once,
 * and few enough for 16 registers.
 */
public final class FmaPeak {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int ACCUMULATORS = 12;
    private static final int FEWEST_ROUNDS = 64;
    private static final int MOST_ROUNDS = 1 << 20;
    private static final long LONG_ENOUGH_NANOS = 500_000;

    private FmaPeak() {}

    /**
     * Billions of floating point operations a second: the best that is seen within a time, which HotSpot needs as well.
     */
    static double gigaflops(Duration duration) {
        long start = System.nanoTime();
        int rounds = FEWEST_ROUNDS;
        double best = 0;
        while (System.nanoTime() - start < duration.toNanos()) {
            long begin = System.nanoTime();
            float sum = run(rounds);
            long nanos = System.nanoTime() - begin;
            if (sum != 0) {
                best = Math.max(best, (double) operations(rounds) / nanos);
            }
            if (nanos < LONG_ENOUGH_NANOS && rounds < MOST_ROUNDS) {
                rounds *= 2;
            }
        }
        return best;
    }

    /** The floating point operations of so many rounds; a multiply-add is two. */
    public static long operations(int rounds) {
        return 2L * ACCUMULATORS * SPECIES.length() * rounds;
    }

    /** Computes {@code x / 2 + 1} so many times in each lane of each accumulator; they tend to 2, so none overflows. */
    public static float run(int rounds) {
        FloatVector x = FloatVector.broadcast(SPECIES, 0.5f);
        FloatVector y = FloatVector.broadcast(SPECIES, 1);
        FloatVector a = FloatVector.broadcast(SPECIES, 1);
        FloatVector b = FloatVector.broadcast(SPECIES, 2);
        FloatVector c = FloatVector.broadcast(SPECIES, 3);
        FloatVector d = FloatVector.broadcast(SPECIES, 4);
        FloatVector e = FloatVector.broadcast(SPECIES, 5);
        FloatVector f = FloatVector.broadcast(SPECIES, 6);
        FloatVector g = FloatVector.broadcast(SPECIES, 7);
        FloatVector h = FloatVector.broadcast(SPECIES, 8);
        FloatVector i = FloatVector.broadcast(SPECIES, 9);
        FloatVector j = FloatVector.broadcast(SPECIES, 10);
        FloatVector k = FloatVector.broadcast(SPECIES, 11);
        FloatVector l = FloatVector.broadcast(SPECIES, 12);
        for (int round = 0; round < rounds; round++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l)
                .reduceLanes(VectorOperators.ADD);
    }
}
