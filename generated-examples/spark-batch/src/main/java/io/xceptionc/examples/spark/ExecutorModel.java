package io.xceptionc.examples.spark;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The model of a JVM, which all tasks that the JVM runs share: it is opened by the first of them and lives as long as
 * the JVM. Each task calls it from one thread, as Spark runs as many tasks at a time as the executor has cores.
 */
final class ExecutorModel {

    private static final ConcurrentMap<String, CompiledModel> OPEN = new ConcurrentHashMap<>();

    private ExecutorModel() {}

    /**
     * The model of a jar.
     *
     * @param opened is told when this call is the one that opens it
     * @throws io.xceptionc.runtime.ModelException if it cannot be opened here
     */
    static CompiledModel of(String jar, Runnable opened) {
        return OPEN.computeIfAbsent(jar, file -> {
            CompiledModel model = CompiledModel.open(Path.of(file), OpenOptions.DEFAULT.withThreads(1));
            opened.run();
            return model;
        });
    }
}
