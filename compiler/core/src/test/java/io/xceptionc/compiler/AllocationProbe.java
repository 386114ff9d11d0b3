package io.xceptionc.compiler;

import com.sun.management.ThreadMXBean;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.Session;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Opens a model in a JVM of its own, runs it at once, and prints how many bytes all threads together allocate on the
 * heap in each of some rounds of runs, for each number of threads. Arguments: the jar, the width of vectors, numbers of
 * threads.
 */
final class AllocationProbe {

    static final int ROUNDS = 10;

    private static final int RUNS_OF_ROUND = 2;
    private static final int RUNS_TO_SETTLE = 30;
    private static final int MORE_RUNS_TO_SETTLE = 8;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static volatile float[] kept;

    private AllocationProbe() {}

    public static void main(String[] arguments) {
        OpenOptions options = OpenOptions.DEFAULT.withVectorBits(Integer.parseInt(arguments[1]));
        for (String threads : List.of(arguments).subList(2, arguments.length)) {
            measure(Path.of(arguments[0]), options.withThreads(Integer.parseInt(threads)), threads);
        }
    }

    private static void measure(Path jar, OpenOptions options, String threads) {
        try (CompiledModel model = CompiledModel.open(jar, options); Session session = model.newSession()) {
            ModelSignature signature = model.signature();
            float[] images = new float[signature.batch() * signature.inputLength()];
            float[] results = new float[signature.batch() * signature.outputLength()];
            measure("segments" + threads, RUNS_TO_SETTLE, session::run);
            measure("arrays" + threads, MORE_RUNS_TO_SETTLE, () -> session.run(images, results));
            measure("model" + threads, MORE_RUNS_TO_SETTLE, () -> kept = model.run(images));
            measure("result" + threads, MORE_RUNS_TO_SETTLE, () -> kept = new float[results.length]);
        }
    }

    private static void measure(String what, int runsToSettle, Runnable run) {
        long[] bytes = new long[ROUNDS];
        for (int i = 0; i < runsToSettle; i++) {
            run.run();
            THREADS.getTotalThreadAllocatedBytes(); // the measuring settles, too
        }
        long before = THREADS.getTotalThreadAllocatedBytes();
        for (int round = 0; round < ROUNDS; round++) {
            repeat(run);
            long after = THREADS.getTotalThreadAllocatedBytes();
            bytes[round] = after - before;
            before = after;
        }
        System.out.println(what + " " + Arrays.toString(bytes));
    }

    private static void repeat(Runnable run) {
        for (int i = 0; i < RUNS_OF_ROUND; i++) {
            run.run();
        }
    }
}
