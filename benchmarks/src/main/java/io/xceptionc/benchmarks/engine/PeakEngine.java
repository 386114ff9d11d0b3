package io.xceptionc.benchmarks.engine;

import io.xceptionc.cli.measure.FmaPeak;

/**
 * No network, but what none can outrun: a run is {@link #OPERATIONS_PER_RUN} operations of {@link FmaPeak}, on one
 * core.
 */
public final class PeakEngine implements Engine {

    private static final int ROUNDS = Math.toIntExact((1L << 31) / FmaPeak.operations(1));

    /** Operations of a run, of which each multiply-add is two. */
    public static final long OPERATIONS_PER_RUN = FmaPeak.operations(ROUNDS);

    private float result;

    /** The machine's own vectors. */
    public PeakEngine() {}

    @Override
    public void run() {
        result = FmaPeak.run(ROUNDS);
    }

    @Override
    public float[] result() {
        return new float[] {result};
    }

    @Override
    public void close() {}
}
