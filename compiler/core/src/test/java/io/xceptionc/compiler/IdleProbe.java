package io.xceptionc.compiler;

import com.sun.management.OperatingSystemMXBean;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.Session;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * Runs a model on several threads in a JVM of its own, does nothing for half a second, and prints the milliseconds of
 * CPU time that this took: the least of several times, as HotSpot may have something to compile in others. Argument:
 * the jar.
 */
final class IdleProbe {

    private static final int RUNS = 100;
    private static final int TIMES = 8;
    private static final long MILLIS = 500;

    private IdleProbe() {}

    public static void main(String[] arguments) throws Exception {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (CompiledModel model = CompiledModel.open(Path.of(arguments[0]), OpenOptions.DEFAULT.withThreads(4));
                Session session = model.newSession()) {
            for (int i = 0; i < RUNS; i++) {
                session.run();
            }
            long least = Long.MAX_VALUE;
            for (int time = 0; time < TIMES; time++) {
                session.run();
                Thread.sleep(1);
                long before = process.getProcessCpuTime();
                Thread.sleep(MILLIS);
                least = Math.min(least, process.getProcessCpuTime() - before);
            }
            System.out.println(least / 1_000_000);
        }
    }
}
