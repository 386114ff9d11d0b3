package io.xceptionc.benchmarks.engine;

import com.sun.management.ThreadMXBean;
import io.xceptionc.runtime.OpenOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An engine in a process of its own. The arguments are the engine's name, model, threads, and the images' file, number,
 * channels, height and width; {@value #PEAK} alone stands for {@link PeakEngine}. After its first run it says
 * {@value #ANSWERED}, then does as it is told, one command a line, until its input ends:
 *
 * <ul>
 * <li>{@code result}: the last result
 * <li>{@code time MILLISECONDS}: runs once, as others have had the caches, then for so long; the nanoseconds of each
 * run but that one
 * <li>{@code allocate RUNS}: the bytes that all threads together allocate on the heap in so many runs
 * </ul>
 */
public final class Worker {

    /** The argument that stands for {@link PeakEngine}. */
    public static final String PEAK = "peak";
    /** What is said after the first run. */
    public static final String ANSWERED = "answered";

    private static final int MOST_RUNS = 1 << 16;

    private final Engine engine;
    private final PrintStream out;
    private final long[] nanos = new long[MOST_RUNS];

    private Worker(Engine engine, PrintStream out) {
        this.engine = engine;
        this.out = out;
    }

    /** Runs until the input ends. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        // Whatever a library prints must not be taken for an answer.
        System.setOut(System.err);
        try (Engine engine = engine(arguments)) {
            engine.run();
            out.println(ANSWERED);
            new Worker(engine, out).serve();
        }
    }

    private static Engine engine(String... arguments) throws IOException {
        if (arguments[0].equals(PEAK)) {
            return new PeakEngine();
        }
        ImageBatch images = ImageBatch.read(Path.of(arguments[3]), Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]), Integer.parseInt(arguments[6]), Integer.parseInt(arguments[7]));
        return EngineKind.valueOf(arguments[0]).load(Path.of(arguments[1]), images,
                OpenOptions.DEFAULT.withThreads(Integer.parseInt(arguments[2])));
    }

    private void serve() throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "result" -> printResult();
                case "time" -> time(Long.parseLong(words[1]) * 1_000_000);
                case "allocate" -> out.println(allocated(Integer.parseInt(words[1])));
                default -> throw new IllegalArgumentException("no command: " + line);
            }
        }
    }

    private void printResult() {
        StringBuilder line = new StringBuilder();
        for (float value : engine.result()) {
            line.append(value).append(' ');
        }
        out.println(line);
    }

    private void time(long duration) {
        engine.run();
        long start = System.nanoTime();
        long before = start;
        int runs = 0;
        do {
            engine.run();
            long after = System.nanoTime();
            nanos[runs++] = after - before;
            before = after;
        } while (before - start < duration && runs < MOST_RUNS);
        StringBuilder line = new StringBuilder();
        for (int run = 0; run < runs; run++) {
            line.append(nanos[run]).append(' ');
        }
        out.println(line);
    }

    private long allocated(int runs) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The first question may itself allocate.
        threads.getTotalThreadAllocatedBytes();
        long before = threads.getTotalThreadAllocatedBytes();
        for (int run = 0; run < runs; run++) {
            engine.run();
        }
        return threads.getTotalThreadAllocatedBytes() - before;
    }
}
