package io.xceptionc.compiler;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.ObjectName;

/**
 * Opens and closes a model many times in a JVM of its own, and prints what the JVM holds early on and at the end: threads, classes,
 * KiB in memory, compiler directives. Arguments: the jar and how often.
 */
final class LeakProbe {

    static final int EARLY = 30;

    private static final int RUN_EVERY = 10;

    private LeakProbe() {}

    public static void main(String[] arguments) throws Exception {
        for (int count = 1; count <= Integer.parseInt(arguments[1]); count++) {
            try (CompiledModel model = CompiledModel.open(Path.of(arguments[0]), OpenOptions.DEFAULT.withThreads(3))) {
                if (count % RUN_EVERY == 0) {
                    model.run(new float[model.signature().inputLength()]);
                    model.newSession();
                }
            }
            if (count == EARLY) {
                print();
            }
        }
        print();
    }

    private static void print() throws Exception {
        Thread.sleep(500); // for threads that end
        System.gc();
        String directives = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "compilerDirectivesPrint", new Object[0],
                new String[0]);
        System.out.println(ManagementFactory.getThreadMXBean().getThreadCount() + " "
                + ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() + " " + residentKibibytes() + " "
                + directives.lines().filter(line -> line.contains("Directive:")).count());
    }

    private static String residentKibibytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .findFirst().orElseThrow().replaceAll("\\D", "");
    }
}
