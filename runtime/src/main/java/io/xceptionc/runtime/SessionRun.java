package io.xceptionc.runtime;

import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.ObjIntConsumer;

/**
 * The runs of a session: its memory, and the steps of its network on the images of a batch. Not thread-safe; its
 * session guards it.
 */
final class SessionRun {

    private static final long ALIGNMENT = 64;

    private final CompiledModel model;
    private final Network network;
    private final Workers workers;
    private final Frame frame;
    private final MemorySegment input;
    private final MemorySegment scaled;
    private final ResultMemory results;
    private final int batch;
    private final long inputBytes;

    /** In memory of the arena. */
    SessionRun(CompiledModel model, Network network, MemorySegment constants, Workers workers, int threads,
            Arena memory) {
        this.model = model;
        this.network = network;
        this.workers = workers;
        ModelSignature signature = model.signature();
        batch = signature.batch();
        inputBytes = signature.inputLength() * 4L;
        frame = new Frame(constants, memory.allocate(network.arenaBytes(), ALIGNMENT), threads, network.rowsFloats(),
                signature.outputs().size());
        input = memory.allocate(batch * inputBytes, ALIGNMENT);
        results = new ResultMemory(signature, memory, ALIGNMENT);
        scaled = memory.allocate(signature.arrayScaling().isNone() ? 0 : inputBytes, ALIGNMENT);
    }

    /** The session's own memory for images. */
    MemorySegment input() {
        return input;
    }

    /** Where results go. */
    ResultMemory results() {
        return results;
    }

    /** Refuses memory that cannot hold the images of a run. */
    void requireImages(MemorySegment images) {
        requireBytes("images", images.byteSize(), batch * inputBytes);
    }

    /** Refuses an array that cannot hold the images of a run. */
    void requireImages(float[] images) {
        requireBytes("images", images.length * 4L, batch * inputBytes);
    }

    /** Refuses what is smaller than the model wants. */
    static void requireBytes(String what, long given, long wanted) {
        if (given < wanted) {
            throw new IllegalArgumentException(
                    what + " have " + given / 4 + " values, the model wants " + wanted / 4);
        }
    }

    /** Runs the model on a copy of images, with the results in the session's own memory. */
    void run(float[] images, ArrayScaling scaling) {
        MemorySegment.copy(images, 0, input, ValueLayout.JAVA_FLOAT, 0, Math.toIntExact(batch * inputBytes / 4));
        run(input, scaling);
    }

    /** Runs the model on images, results going where they were set to go. */
    void run(MemorySegment images, ArrayScaling scaling) {
        boolean parallel = workers.tryAcquire();
        try {
            if (FlightRecording.isOn()) {
                runRecorded(images, parallel, scaling);
            } else {
                runImages(images, parallel, scaling, false);
            }
        } finally {
            if (parallel) {
                workers.release();
            }
        }
    }

    /** Lets go of the caller's memory. */
    void letGo() {
        results.reset();
        bind(input, 0, ArrayScaling.NONE);
    }

    /** Runs all images, with events for Java Flight Recorder. */
    private void runRecorded(MemorySegment images, boolean parallel, ArrayScaling scaling) {
        InferenceEvent inference = new InferenceEvent();
        inference.begin();
        runImages(images, parallel, scaling, true);
        inference.commit(model, parallel);
    }

    private void runImages(MemorySegment images, boolean parallel, ArrayScaling scaling, boolean recorded) {
        for (int image = 0; image < batch; image++) {
            bind(images, image, scaling);
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
    private void bind(MemorySegment images, int image, ArrayScaling scaling) {
        if (scaling.isNone()) {
            frame.bindInput(images, image * inputBytes);
        } else {
            scaling.scale(images, image * inputBytes, scaled, (int) (inputBytes / Float.BYTES));
            frame.bindInput(scaled, 0);
        }
        results.bind(frame, image);
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
        MemorySegment.copy(image, 0, input, ValueLayout.JAVA_FLOAT, 0, Math.toIntExact(inputBytes / 4));
        bind(input, 0, scaling);
        for (int step = 0; step < network.stepCount(); step++) {
            runStep(step, false);
            observer.accept(frame.arena(), step);
        }
    }

    /** Refuses an array that cannot hold one image. */
    void requireImage(float[] image) {
        requireBytes("images", image.length * 4L, inputBytes);
    }
}
