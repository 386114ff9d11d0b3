package io.xceptionc.compiler;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a JVM on Linux holds, as a probe prints it for a test to read.
 *
 * @param threads that are alive
 * @param classes that are loaded
 * @param heapKibibytes that are reachable on the heap
 * @param residentKibibytes of the process in memory
 * @param openFiles of a folder
 * @param directives for the compiler
 */
record Held(long threads, long classes, long heapKibibytes, long residentKibibytes, long openFiles, long directives) {

    /** What this JVM holds. */
    static Held now(Path folder) throws Exception {
        Thread.sleep(500); // for threads that end
        System.gc();
        System.gc(); // for what finalisation and cleaners have let go
        return new Held(ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10, resident(), openFiles(folder),
                countDirectives());
    }

    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
    }

    /** How many files of a folder this process has open. */
    static long openFiles(Path folder) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(descriptor -> target(descriptor).startsWith(folder)).count();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException _) { // closed meanwhile
            return descriptor;
        }
    }

    private static long countDirectives() throws JMException {
        String directives = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "compilerDirectivesPrint", new Object[0],
                new String[0]);
        return directives.lines().filter(line -> line.contains("Directive:")).count();
    }

    /** In one line. */
    String toText() {
        return LongStream.of(threads, classes, heapKibibytes, residentKibibytes, openFiles, directives)
                .mapToObj(Long::toString).collect(Collectors.joining(" "));
    }

    /** Reads what {@link #toText} wrote, in each line. */
    static List<Held> parse(String text) {
        return text.lines().map(line -> {
            long[] numbers = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
            return new Held(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
        }).toList();
    }
}
