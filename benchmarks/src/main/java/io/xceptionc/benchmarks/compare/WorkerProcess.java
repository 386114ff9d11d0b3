package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.EngineKind;
import io.xceptionc.benchmarks.engine.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link Worker} seen from outside: a Java process with no option but those that its engine cannot do without. */
final class WorkerProcess implements AutoCloseable {

    private static final String PEAK_MEMORY = "VmHWM:";
    private static final int LINES_OF_LOG = 10;
    private static final int SECONDS_TO_END = 20;

    private final Process process;
    private final Path log;
    private final BufferedReader answers;
    private final Writer commands;
    private final long nanosToFirstAnswer;

    private WorkerProcess(List<String> arguments, boolean vectors, Path log) throws IOException {
        this.log = log;
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Native libraries would be loaded without that option too, with a warning.
        line.addAll(vectors
                ? List.of("--add-modules", "jdk.incubator.vector")
                : List.of("--enable-native-access=ALL-UNNAMED"));
        line.addAll(List.of("-cp", System.getProperty("java.class.path")));
        line.addAll(properties());
        line.add(Worker.class.getName());
        line.addAll(arguments);
        long start = System.nanoTime();
        process = new ProcessBuilder(line).redirectError(log.toFile()).start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        String first = answer();
        nanosToFirstAnswer = System.nanoTime() - start;
        if (!first.equals(Worker.ANSWERED)) {
            throw new IOException("a worker began with: " + first);
        }
    }

    /** What DJL is told: to look for nothing in the net, and where it unpacks libraries. */
    private static List<String> properties() {
        return Stream.of("ai.djl.offline", "ENGINE_CACHE_DIR").filter(name -> System.getProperty(name) != null)
                .map(name -> "-D" + name + "=" + System.getProperty(name)).toList();
    }

    /** Starts an engine and waits for its first answer. */
    static WorkerProcess start(EngineKind engine, ModelFiles files, int threads) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(engine.name(), files.model(engine).toString(),
                Integer.toString(threads), files.images(engine).toString()));
        files.imageShape().forEach(size -> arguments.add(Integer.toString(size)));
        return new WorkerProcess(arguments, engine == EngineKind.XCEPTIONC,
                files.folder().resolve(engine.name().toLowerCase(Locale.ROOT) + "-" + threads + ".log"));
    }

    /** Starts what measures the peak of the machine. */
    static WorkerProcess startPeak(Path folder) throws IOException {
        return new WorkerProcess(List.of(Worker.PEAK), true, folder.resolve("peak.log"));
    }

    /** From the start of the process to its first answer. */
    long nanosToFirstAnswer() {
        return nanosToFirstAnswer;
    }

    /** The last result. */
    float[] result() throws IOException {
        String[] words = ask("result").strip().split(" ", -1);
        float[] values = new float[words.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(words[i]);
        }
        return values;
    }

    /** Runs for some time, after a run that does not count; the nanoseconds of each run. */
    List<Long> time(long milliseconds) throws IOException {
        return Stream.of(ask("time " + milliseconds).strip().split(" ", -1)).map(Long::valueOf).toList();
    }

    /** The bytes that all threads allocate on the heap in so many runs. */
    long allocated(int runs) throws IOException {
        return Long.parseLong(ask("allocate " + runs));
    }

    /** The most memory that the process has had resident so far, in bytes; empty where Linux' {@code /proc} is not. */
    OptionalLong peakBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(PEAK_MEMORY))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst();
        }
    }

    private String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return answer();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("a worker ended; " + log + " says:\n" + String.join("\n", said()));
        }
        return line;
    }

    /** The end of the log, without traces of stacks. */
    private List<String> said() throws IOException {
        List<String> lines =
                Files.readAllLines(log).stream().filter(line -> !line.startsWith("\t")).toList();
        return lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size());
    }

    /** Ends the process, at once if it does not end by itself. */
    @Override
    public void close() throws IOException {
        commands.close();
        try {
            if (process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
