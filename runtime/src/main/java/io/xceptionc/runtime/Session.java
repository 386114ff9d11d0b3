package io.xceptionc.runtime;

import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjIntConsumer;

/**
 * Memory to run a model in. Runs allocate nothing on the heap.
 *
 * <p>
 * Thread-safe: runs of one session wait for one another, whatever their threads; those that want to run at once open a session each.
 * Threads that share one use {@link #run(float[], float[])} or memory of their own: what is in {@link #input} and {@link #output} is not
 * guarded between runs.
 *
 * <p>
 * Owned by who opened it, in whichever thread. Closing it, or its model, waits for a run under way and frees its memory; afterwards,
 * runs throw {@link ModelClosedException}, and segments of it, wherever they were kept, {@link IllegalStateException}. It keeps nothing
 * that a run was given.
 */
public final class Session implements AutoCloseable {

    private static final long ALIGNMENT = 64;

    private final CompiledModel model;
    private final Network network;
    private final Workers workers;
    private final Arena memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Frame frame;
    private final MemorySegment input;
    private final MemorySegment output;
    private final MemorySegment scaled;
    private final int batch;
    private final long inputBytes;
    private final long outputBytes;
    private boolean closed;

    /** Whose memory is the arena's, which it closes. */
    Session(CompiledModel model, Network network, MemorySegment constants, Workers workers, int threads, Arena memory) {
        this.memory = memory;
        this.model = model;
        this.network = network;
        this.workers = workers;
        ModelSignature signature = model.signature();
        batch = signature.batch();
        inputBytes = signature.inputLength() * 4L;
        outputBytes = signature.outputLength() * 4L;
        frame = new Frame(constants, memory.allocate(network.arenaBytes(), ALIGNMENT), threads, network.rowsFloats());
        input = memory.allocate(batch * inputBytes, ALIGNMENT);
        output = memory.allocate(batch * outputBytes, ALIGNMENT);
        scaled = memory.allocate(signature.arrayScaling().isNone() ? 0 : inputBytes, ALIGNMENT);
    }

    /**
     * Memory for the caller to write images to, {@code [batch, height, width, channels]}, as {@link ModelSignature} says what arrays
     * hold; lives as long as the session.
     */
    public MemorySegment input() {
        return input;
    }

    /** Memory that holds the result of {@link #run()}, {@code [batch, ...]}; lives as long as the session. */
    public MemorySegment output() {
        return output;
    }

    /**
     * Runs the model on {@link #input}, leaving the result in {@link #output}.
     *
     * @throws ModelClosedException after {@link #close}
     * @throws ModelException as {@link #run(MemorySegment, MemorySegment)}
     */
    public void run() {
        run(input, output);
    }

    /**
     * Runs the model on memory of the caller's.
     *
     * @param images {@code [batch, height, width, channels]}, as {@link ModelSignature} says what arrays hold, float32, on or off the
     *        heap; may be confined to this thread
     * @param results {@code [batch, ...]}, float32; may not overlap the images
     * @throws IllegalArgumentException if a segment is too small, or the results are read-only
     * @throws IllegalStateException if a segment was closed; the session stays usable
     * @throws WrongThreadException if a segment is confined to another thread; the session stays usable
     * @throws ModelClosedException after {@link #close}
     * @throws ModelException if the kernels do not run here, as {@link CompiledModel#awaitWarmUp}
     */
    public void run(MemorySegment images, MemorySegment results) {
        run(images, results, model.signature().arrayScaling());
    }

    private void run(MemorySegment images, MemorySegment results, ArrayScaling scaling) {
        requireBytes("images", images.byteSize(), batch * inputBytes);
        requireBytes("results", results.byteSize(), batch * outputBytes);
        if (results.isReadOnly()) {
            throw new IllegalArgumentException("results are read-only");
        }
        lock.lock();
        try {
            requireOpen();
            model.awaitKernels();
            boolean parallel = workers.tryAcquire();
            try {
                if (FlightRecording.isOn()) {
                    runRecorded(images, results, parallel, scaling);
                } else {
                    runImages(images, results, parallel, scaling, false);
                }
            } finally {
                if (parallel) {
                    workers.release();
                }
                frame.bind(input, 0, output, 0); // lets go of the caller's memory
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs the model on arrays.
     *
     * @param images {@code [batch, height, width, channels]}
     * @param results {@code [batch, ...]}
     * @throws IllegalArgumentException if an array is too small
     * @throws ModelClosedException after {@link #close}
     * @throws ModelException as {@link #run(MemorySegment, MemorySegment)}
     */
    public void run(float[] images, float[] results) {
        run(images, results, model.signature().arrayScaling());
    }

    /** Runs the model on arrays of which something else is computed first: what its signature says, or nothing. */
    void run(float[] images, float[] results, ArrayScaling scaling) {
        requireBytes("images", images.length * 4L, batch * inputBytes);
        requireBytes("results", results.length * 4L, batch * outputBytes);
        lock.lock();
        try {
            requireOpen();
            MemorySegment.copy(images, 0, input, ValueLayout.JAVA_FLOAT, 0, Math.toIntExact(batch * inputBytes / 4));
            run(input, output, scaling);
            MemorySegment.copy(output, ValueLayout.JAVA_FLOAT, 0, results, 0, Math.toIntExact(batch * outputBytes / 4));
        } finally {
            lock.unlock();
        }
    }

    /** Runs all images, with events for Java Flight Recorder. */
    private void runRecorded(MemorySegment images, MemorySegment results, boolean parallel, ArrayScaling scaling) {
        InferenceEvent inference = new InferenceEvent();
        inference.begin();
        runImages(images, results, parallel, scaling, true);
        inference.commit(model, parallel);
    }

    private void runImages(MemorySegment images, MemorySegment results, boolean parallel, ArrayScaling scaling,
            boolean recorded) {
        for (int image = 0; image < batch; image++) {
            bind(images, image * inputBytes, results, image * outputBytes, scaling);
            for (int step = 0; step < network.stepCount(); step++) {
                boolean shared = parallel && network.isParallel(step);
                if (recorded) {
                    runRecorded(step, shared);
                } else {
                    runStep(step, shared);
                }
            }
        }
    }

    /** Lets the network read an image where it lies, or what is computed of it first. */
    private void bind(MemorySegment images, long imageByteOffset, MemorySegment results, long resultByteOffset,
            ArrayScaling scaling) {
        if (scaling.isNone()) {
            frame.bind(images, imageByteOffset, results, resultByteOffset);
        } else {
            scaling.scale(images, imageByteOffset, scaled, (int) (inputBytes / Float.BYTES));
            frame.bind(scaled, 0, results, resultByteOffset);
        }
    }

    private void runRecorded(int step, boolean shared) {
        StepEvent event = new StepEvent();
        event.begin();
        runStep(step, shared);
        event.commit(model, step, shared);
    }

    private void runStep(int step, boolean shared) {
        if (shared) {
            workers.run(network, frame, step);
        } else {
            network.runStep(step, frame, 0, 1);
        }
    }

    /** Runs the model on one image, on this thread alone, and shows the memory of its values after each step. */
    void trace(float[] image, ArrayScaling scaling, ObjIntConsumer<MemorySegment> observer) {
        requireBytes("images", image.length * 4L, inputBytes);
        lock.lock();
        try {
            requireOpen();
            model.awaitKernels();
            MemorySegment.copy(image, 0, input, ValueLayout.JAVA_FLOAT, 0, Math.toIntExact(inputBytes / 4));
            bind(input, 0, output, 0, scaling);
            for (int step = 0; step < network.stepCount(); step++) {
                runStep(step, false);
                observer.accept(frame.arena(), step);
            }
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

    private static void requireBytes(String what, long given, long wanted) {
        if (given < wanted) {
            throw new IllegalArgumentException(
                    what + " have " + given / 4 + " values, the model wants " + wanted / 4);
        }
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
