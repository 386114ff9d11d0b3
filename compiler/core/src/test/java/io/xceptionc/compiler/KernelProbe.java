package io.xceptionc.compiler;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.Session;
import java.nio.file.Path;

/** Runs a model in a JVM of its own, on one thread. Arguments: the jar and the number of runs. */
final class KernelProbe {

    private KernelProbe() {}

    public static void main(String[] arguments) {
        try (CompiledModel model = CompiledModel.open(Path.of(arguments[0]), OpenOptions.DEFAULT.withThreads(1));
                Session session = model.newSession()) {
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                session.run();
            }
        }
    }
}
