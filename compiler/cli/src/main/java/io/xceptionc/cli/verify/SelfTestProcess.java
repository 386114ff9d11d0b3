package io.xceptionc.cli.verify;

import io.xceptionc.runtime.SelfTestReport;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A self-test in a JVM of its own, started as this one was. HotSpot compiles vectors of one width well in a process,
 * that of the first model; of another width it has seen too much by then.
 *
 * @param status its exit code
 * @param report what it found; empty if it did not come to that
 * @param model the model's name
 * @param messages what it complained of
 */
public record SelfTestProcess(int status, Optional<SelfTestReport> report, String model, String messages) {

    /** By name, as nothing else here knows who starts it. */
    private static final String MAIN = "io.xceptionc.cli.Main";
    private static final String INCUBATOR_WARNING = "WARNING: Using incubator modules: jdk.incubator.vector";

    /** Runs the verb on a model with one width of vectors, and waits for it. */
    public static SelfTestProcess run(Path jar, int threads, int vectorBits) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, "selftest",
                "--vectors", Integer.toString(vectorBits), "--format", "csv"));
        if (threads > 0) {
            command.addAll(List.of("--threads", Integer.toString(threads)));
        }
        command.addAll(List.of("--", jar.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(false).start();
        try (InputStream errors = process.getErrorStream(); InputStream answers = process.getInputStream()) {
            String answer = new String(answers.readAllBytes(), StandardCharsets.UTF_8);
            String messages = new String(errors.readAllBytes(), StandardCharsets.UTF_8);
            return of(process.waitFor(), answer.lines().toList(), messages);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a model was tested", e);
        } finally {
            process.destroy();
        }
    }

    private static SelfTestProcess of(int status, List<String> lines, String messages) {
        String own = String.join("\n",
                messages.lines().filter(line -> !line.equals(INCUBATOR_WARNING)).toList());
        return lines.size() == 2
                ? new SelfTestProcess(status, Optional.of(SelfTestTable.report(lines.getLast())),
                        SelfTestTable.model(lines.getLast()), own)
                : new SelfTestProcess(status, Optional.empty(), "", own);
    }
}
