package io.xceptionc.runtime.kernel.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a JVM of its own, as a process keeps to one width of vectors. */
public final class ForkedJvm {

    private static final int MOST_SECONDS = 240;

    private ForkedJvm() {}

    /** What it prints, if it ends in time with the exit code 0; else the test fails with that. */
    public static String run(Class<?> main, List<String> options, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        File output = File.createTempFile("forked", ".txt");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
            boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly().waitFor();
            String text = Files.readString(output.toPath(), UTF_8);
            assertTrue(ended && process.exitValue() == 0, text);
            return text.replaceFirst("WARNING: Using incubator modules: jdk.incubator.vector\\R", "");
        } finally {
            Files.delete(output.toPath());
        }
    }
}
