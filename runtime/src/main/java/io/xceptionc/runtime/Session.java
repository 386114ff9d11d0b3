package io.xceptionc.runtime;

import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.kernel.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjIntConsumer;

/**
 * Memory to run a model in. Runs allocate nothing on the heap.
 *
 * <p> Thread-safe: runs of one session wait for one another, whatever their threads; those that want to run at once
 * open a session each. Threads that share one use {@link #run(float[], float[])} or memory of their own: what is in
 * {@link #input} and {@link #output} is not guarded between runs.
 *
 * <p> Owned by who opened it, in whichever thread. Closing it, or its model, waits for a run under way and frees its
 * memory; afterwards, runs throw {@link ModelClosedException}, and segments of it, wherever they were kept, {@link
 * IllegalStateException}. It keeps nothing that a run was given.
 */
public final class Session implements AutoCloseable {

    private static final String SEVERAL = "run(images, List.of(...)) or run(images, Map.of(...))";

    private final CompiledModel model;
    private final Arena memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final SessionRun run;
    private final ResultMemory results;
    private boolean closed;

    /** Whose memory is the arena's, which it closes. */
    Session(CompiledModel model, Network network, MemorySegment constants, Workers workers, int threads, Arena memory) {
        this.memory = memory;
        this.model = model;
        run = new SessionRun(model, network, constants, workers, threads, memory);
        results = run.results();
    }

    /**
     * Memory for the caller to write images to, {@code [batch, height, width, channels]}, as {@link ModelSignature}
     * says what arrays hold; lives as long as the session.
     */
    public MemorySegment input() {
        return run.input();
    }

    /**
     * Memory that holds the result of {@link #run()}, {@code [batch, ...]}; lives as long as the session.
     *
     * @throws ModelException if the model has several outputs
     */
    public MemorySegment output() {
        model.signature().theOutput("output(name) or output(index)");
        return results.own(0);
    }

    /**
     * Memory that holds the results of one output after {@link #run()}, {@code [batch, ...]}; lives as long as the
     * session.
     *
     * @param index which, from 0, in the order of {@link ModelSignature#outputs}
     * @throws IndexOutOfBoundsException if there are not so many
     */
    public MemorySegment output(int index) {
        return results.own(Objects.checkIndex(index, results.count()));
    }

    /**
     * Memory that holds the results of one output after {@link #run()}, {@code [batch, ...]}; lives as long as the
     * session.
     *
     * @throws ModelException if there is no output of that name
     */
    public MemorySegment output(String name) {
        return results.own(model.signature().indexOf(name));
    }

    /**
     * Runs the model on {@link #input}, leaving the result in {@link #output()}, or those of several outputs in
     * {@link #output(String)} each.
     *
     * @throws ModelClosedException after {@link #close}
     * @throws ModelException as {@link #run(MemorySegment, MemorySegment)}
     */
    public void run() {
        lock.lock();
        try {
            runLocked(run.input());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs a model of one output on memory of the caller's.
     *
     * @param images {@code [batch, height, width, channels]}, as {@link ModelSignature} says what arrays hold, float32,
     *        on or off the heap; may be confined to this thread
     * @param result {@code [batch, ...]}, float32; may not overlap the images
     * @throws IllegalArgumentException if a segment is too small, or the results are read-only
     * @throws IllegalStateException if a segment was closed; the session stays usable
     * @throws WrongThreadException if a segment is confined to another thread; the session stays usable
     * @throws ModelClosedException after {@link #close}
     * @throws ModelException if the model has several outputs, or the kernels do not run here, as {@link
     *        CompiledModel#awaitWarmUp}
     */
    public void run(MemorySegment images, MemorySegment result) {
        model.signature().theOutput(SEVERAL);
        run.requireImages(images);
        results.check(0, result);
        lock.lock();
        try {
            results.set(0, result);
            runLocked(images);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs the model on memory of the caller's, as {@link #run(MemorySegment, MemorySegment)} does, with the results of
     * all outputs.
     *
     * @param given one segment for each of {@link ModelSignature#outputs}, in their order
     * @throws IllegalArgumentException also if there are more or fewer
     */
    public void run(MemorySegment images, List<MemorySegment> given) {
        run.requireImages(images);
        results.check(given);
        lock.lock();
        try {
            results.set(given);
            runLocked(images);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs the model on memory of the caller's, as {@link #run(MemorySegment, MemorySegment)} does, with the results of
     * those outputs that are asked for by name; the others are left in {@link #output(String)}.
     *
     * @param asked segments by the names of outputs
     * @throws ModelException also if there is no output of a name
     */
    public void run(MemorySegment images, Map<String, MemorySegment> asked) {
        run.requireImages(images);
        results.check(asked);
        lock.lock();
        try {
            results.set(asked);
            runLocked(images);
        } finally {
            lock.unlock();
        }
    }

    /** Runs the model, results going where they were set to go. */
    private void runLocked(MemorySegment images) {
        try {
            requireReady();
            run.run(images, model.signature().arrayScaling());
        } finally {
            run.letGo();
        }
    }

    private void requireReady() {
        requireOpen();
        model.awaitKernels();
    }

    /**
     * Runs a model of one output on arrays.
     *
     * @param images {@code [batch, height, width, channels]}
     * @param result {@code [batch, ...]}
     * @throws IllegalArgumentException if an array is too small
     * @throws ModelClosedException after {@link #close}
     * @throws ModelException as {@link #run(MemorySegment, MemorySegment)}
     */
    public void run(float[] images, float[] result) {
        model.signature().theOutput(SEVERAL);
        run.requireImages(images);
        results.check(0, result);
        lock.lock();
        try {
            runOnCopy(images, model.signature().arrayScaling());
            results.copyTo(0, result);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs the model on arrays, with the results of all outputs.
     *
     * @param given one array for each of {@link ModelSignature#outputs}, in their order, {@code [batch, ...]}
     * @throws IllegalArgumentException if there are more or fewer, or one is too small
     * @throws ModelClosedException after {@link #close}
     * @throws ModelException as {@link #run(MemorySegment, List)}
     */
    public void run(float[] images, List<float[]> given) {
        run(images, given, model.signature().arrayScaling());
    }

    /** Runs the model on arrays of which something else is computed first: what its signature says, or nothing. */
    void run(float[] images, List<float[]> given, ArrayScaling scaling) {
        run.requireImages(images);
        results.checkArrays(given);
        lock.lock();
        try {
            runOnCopy(images, scaling);
            results.copyTo(given);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs the model on arrays, with the results of those outputs that are asked for by name.
     *
     * @param asked arrays by the names of outputs, {@code [batch, ...]}
     * @throws IllegalArgumentException if an array is too small
     * @throws ModelClosedException after {@link #close}
     * @throws ModelException as {@link #run(MemorySegment, Map)}
     */
    public void run(float[] images, Map<String, float[]> asked) {
        run.requireImages(images);
        results.checkArrays(asked);
        lock.lock();
        try {
            runOnCopy(images, model.signature().arrayScaling());
            results.copyTo(asked);
        } finally {
            lock.unlock();
        }
    }

    private void runOnCopy(float[] images, ArrayScaling scaling) {
        requireReady();
        run.run(images, scaling);
    }

    /** Runs the model on one image, on this thread alone, and shows the memory of its values after each step. */
    void trace(float[] image, ArrayScaling scaling, ObjIntConsumer<MemorySegment> observer) {
        run.requireImage(image);
        lock.lock();
        try {
            requireReady();
            run.trace(image, scaling, observer);
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            model.sessions().requireOpen(); // if that is closed as well, a new session would be of no help
            throw new ModelClosedException("the session");
        }
    }

    /** Whether it is this thread that is in the middle of a run. */
    boolean isRunByThisThread() {
        return lock.isHeldByCurrentThread();
    }

    /**
     * Frees the memory, after a run that is under way. Closing twice is harmless.
     *
     * @throws ModelException if the memory is in use by a channel; then the session stays open
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                memory.close();
                closed = true;
                model.sessions().forget(this);
            }
        } catch (IllegalStateException e) {
            throw new ModelException("the memory of a session of model '" + model.signature().name() + "' is in use by"
                    + " a channel or another library; close it when that has ended", e);
        } finally {
            lock.unlock();
        }
    }
}
