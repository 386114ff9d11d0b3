package io.xceptionc.compiler;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.Session;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Opens a model in a JVM of its own, with other threads busying HotSpot's compilers meanwhile, and prints how long that
 * takes and then, without those, a run on one thread: the median of many, in microseconds. Arguments: the jar and the
 * number of those threads.
 */
final class KernelProbe {

    private static final int RUNS = 101;
    private static final long MILLIS_OF_LOAD = 1000;

    private KernelProbe() {}

    public static void main(String[] arguments) throws InterruptedException {
        int loadingThreads = Integer.parseInt(arguments[1]);
        CompilerLoad load = new CompilerLoad(loadingThreads);
        Thread.sleep(loadingThreads * MILLIS_OF_LOAD);
        long start = System.nanoTime();
        try (CompiledModel model = CompiledModel.open(Path.of(arguments[0]), OpenOptions.DEFAULT.withThreads(1));
                Session session = model.newSession()) {
            model.awaitWarmUp();
            System.out.println("opened " + (System.nanoTime() - start) / 1000);
            load.close();
            long[] nanos = new long[RUNS];
            for (int i = 0; i < RUNS; i++) {
                long before = System.nanoTime();
                session.run();
                nanos[i] = System.nanoTime() - before;
            }
            Arrays.sort(nanos);
            System.out.println("ran " + nanos[RUNS / 2] / 1000);
        }
    }
}
