package io.xceptionc.runtime.kernel;

import java.util.List;

/**
 * The code that the compiler emits for a model: steps that are run in order, each in one or several parts. Stateless
 * but for the choice of a vector width, so that any number of threads may use one network, each with a {@link Frame} of
 * its own.
 */
public abstract class Network {

    /** For generated code. */
    protected Network() {}

    /** The number of steps. */
    public abstract int stepCount();

    /** The layer that a step computes. */
    public abstract String stepName(int step);

    /**
     * Whether a step is long enough to be worth several threads. Never one that reads the caller's images or writes the
     * caller's results: that memory may be confined to the caller's thread.
     */
    public abstract boolean isParallel(int step);

    /**
     * Runs one part of a step. The parts of a step may run at once; a step starts when all parts of the one before have
     * ended.
     *
     * @param step which, from 0
     * @param frame the memory to work on
     * @param part which part, from 0
     * @param parts into how many parts the step is split
     */
    public abstract void runStep(int step, Frame frame, int part, int parts);

    /** The kernels that its steps call beside its own; none of a network that an earlier compiler made. */
    public List<SharedKernel> sharedKernels() {
        return List.of();
    }

    /** The number of loops over vectors that its own kernels consist of. */
    public abstract int loopCount();

    /**
     * Runs a loop of its own kernels on whatever the frame holds.
     *
     * @param loop which, from 0
     * @param count how often it goes round; with 0 it returns at once
     * @param frame memory to work on: where the loop begins to read and write
     */
    public abstract void runLoop(int loop, int count, Frame frame);

    /** Bytes that {@link Frame#arena} must have. */
    public abstract long arenaBytes();

    /** The length that each {@link Frame#rows} must have. */
    public abstract int rowsFloats();

    /** The width of the vectors that the kernels use, in bits. */
    public abstract int vectorBits();

    /** The first unit of a part, where {@code count} units are split evenly. */
    public static int split(int count, int part, int parts) {
        return (int) ((long) count * part / parts);
    }
}
