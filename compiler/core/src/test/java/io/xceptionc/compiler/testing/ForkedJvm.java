package io.xceptionc.compiler.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a JVM of its own. */
public final class ForkedJvm {

    private static final int MOST_SECONDS = 600;

    private ForkedJvm() {}

    /**
     * What it prints, to standard error as well, if it ends in time with the exit code 0; else the test fails with
     * that.
     *
     * @param options of the JVM, beside the module of vectors
     * @param arguments of the main class
     */
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
