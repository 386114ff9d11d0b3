package io.xceptionc.cli.measure;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.Session;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Random;

/** A synthetic workload: a model that runs on random images, the same ones every time, to be measured. */
final class Workload implements AutoCloseable {

    private final Session session;

    /** Of a model, with a session of its own. */
    @SuppressWarnings("MustBeClosed") // the workload owns the session and closes it
    Workload(CompiledModel model) {
        session = model.newSession();
        Random random = new Random(1);
        MemorySegment input = session.input();
        for (long i = 0; i < input.byteSize() / Float.BYTES; i++) {
            input.setAtIndex(ValueLayout.JAVA_FLOAT, i, 2 * random.nextFloat() - 1);
        }
    }

    /** Runs the model once. */
    void run() {
        session.run();
    }

    /** Runs the model at least once and for so long. */
    void run(Duration duration) {
        long start = System.nanoTime();
        do {
            session.run();
        } while (System.nanoTime() - start < duration.toNanos());
    }

    @Override
    public void close() {
        session.close();
    }
}
