package io.xceptionc.maven;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * Runs the compiler in a process of its own.
 *
 * @param jdk what it runs on
 * @param classPath the compiler and all that it needs
 * @param jvmArguments further arguments for that Java
 */
record CompilerProcess(Jdk jdk, List<Path> classPath, List<String> jvmArguments) {

    private static final String MAIN = "io.xceptionc.compiler.api.build.BuildMain";
    private static final String INCUBATOR_WARNING = "WARNING: Using incubator modules";
    private static final List<String> LOCALE = List.of("LC_ALL", "LC_CTYPE", "LANG");

    CompilerProcess {
        classPath = List.copyOf(classPath);
        jvmArguments = List.copyOf(jvmArguments);
    }

    /**
     * Sends a request and waits for all that comes back.
     *
     * @param remarks takes what the process prints beside its answer
     * @throws MojoExecutionException if the process cannot be run or is no compiler
     */
    CompilerAnswer ask(Properties request, Consumer<String> remarks) throws MojoExecutionException {
        try {
            Process process = builder().start();
            Thread end = new Thread(process::destroy);
            Runtime.getRuntime().addShutdownHook(end);
            try {
                return answer(process, request, remarks);
            } finally {
                process.destroy();
                forget(end);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new MojoExecutionException("the compiler cannot be run by " + jdk.java() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted while the compiler ran", e);
        }
    }

    private static void forget(Thread end) {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            return; // Maven is about to end, and the hook runs
        }
    }

    private ProcessBuilder builder() {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString(), "--add-modules", "jdk.incubator.vector",
                "-XX:+UseSerialGC", "-Djava.awt.headless=true", "-Dslf4j.internal.verbosity=ERROR"));
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)), MAIN));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        if (LOCALE.stream().allMatch(name -> environment.getOrDefault(name, "").isEmpty())) {
            environment.put("LC_CTYPE", "C.UTF-8"); // else Java on Linux opens no file whose name is not ASCII
        }
        return builder;
    }

    private static CompilerAnswer answer(Process process, Properties request, Consumer<String> remarks)
            throws IOException, InterruptedException, MojoExecutionException {
        List<String> printed = new ArrayList<>();
        Thread errors = new Thread(() -> process.errorReader(UTF_8).lines().forEach(printed::add));
        errors.setUncaughtExceptionHandler((thread, failure) -> printed.add(failure.toString()));
        errors.start();
        try (Writer writer = new OutputStreamWriter(process.getOutputStream(), UTF_8)) {
            request.store(writer, null);
        } catch (IOException e) {
            printed.add(e.toString()); // it ended before it had read all: its status and errors say why
        }
        CompilerAnswer answer = new CompilerAnswer();
        try (BufferedReader reader = process.inputReader(UTF_8)) {
            reader.lines().forEach(answer::accept);
        } catch (IllegalArgumentException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
        int status = process.waitFor();
        errors.join();
        List<String> said = printed.stream().filter(line -> !line.startsWith(INCUBATOR_WARNING)).toList();
        if (status != 0 && answer.errorCount() == 0) {
            throw new MojoExecutionException("the compiler ended with status " + status + ", which is a defect of"
                    + " xceptionc, or of its arguments:\n" + Stream.concat(said.stream(), Stream.of(""))
                            .collect(Collectors.joining("\n")).strip());
        }
        said.forEach(remarks);
        return answer;
    }
}
