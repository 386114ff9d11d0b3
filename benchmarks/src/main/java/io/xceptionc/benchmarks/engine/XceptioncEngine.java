package io.xceptionc.benchmarks.engine;

import io.xceptionc.runtime.ArrayValues;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.Session;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** A model jar in a session of its own, which is given what its network sees. */
final class XceptioncEngine implements Engine {

    private final CompiledModel model;
    private final Session session;

    XceptioncEngine(Path jar, ImageBatch images, OpenOptions options) {
        model = CompiledModel.open(jar, options.withArrays(ArrayValues.SCALED));
        session = model.newSession();
        session.input().copyFrom(MemorySegment.ofBuffer(images.values()));
    }

    @Override
    public void run() {
        session.run();
    }

    @Override
    public float[] result() {
        return session.output().toArray(ValueLayout.JAVA_FLOAT);
    }

    @Override
    public void close() {
        model.close();
    }
}
