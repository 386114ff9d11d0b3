package io.xceptionc.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a command line came to.
 *
 * @param status its exit code
 * @param out what it answered
 * @param err its messages
 */
public record Invocation(int status, String out, String err) {

    /** Runs a command line in this process. */
    public static Invocation of(Object... words) {
        String[] arguments = Stream.of(words).map(Object::toString).toArray(String[]::new);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Invocation(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /**
     * Runs a command line in a process of its own.
     *
     * @param folder for what it prints
     * @param options of the JVM
     */
    public static Invocation ofProcess(Path folder, List<String> options, String classPath, Object... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, Main.class.getName()));
        Stream.of(words).map(Object::toString).forEach(command::add);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        return new Invocation(process.waitFor(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /** The class path of the tests, which is not this process's own where Surefire puts it into a jar. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The same, with every time and with a folder by another name. */
    public Invocation without(Object folder) {
        return new Invocation(status, anonymous(out, folder), anonymous(err, folder));
    }

    private static String anonymous(String text, Object folder) {
        return text.replace(folder + "/", "").replaceAll("\\b[0-9]+\\.[0-9] s\\b", "# s")
                .replaceAll(" +[0-9]+\\.[0-9]{2} ms\\b", " # ms").replaceAll(" +time\\n", " time\n");
    }
}
