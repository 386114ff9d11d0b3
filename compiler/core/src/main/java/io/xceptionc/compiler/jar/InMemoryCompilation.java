package io.xceptionc.compiler.jar;

import io.xceptionc.runtime.kernel.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources to class files without touching a disk. */
public final class InMemoryCompilation {

    /**
     * What javac refused.
     *
     * @param path the source's path
     * @param line the line in it
     * @param message javac's message
     */
    public record Refusal(String path, long line, String message) {}

    /**
     * What became of the sources.
     *
     * @param classFiles the class files by their path; empty if anything was refused
     * @param refusals javac's errors
     */
    public record Result(SequencedMap<String, byte[]> classFiles, List<Refusal> refusals) {}

    private InMemoryCompilation() {}

    /**
     * Compiles sources, given by their paths, against the runtime.
     *
     * @throws IllegalStateException if the running Java has no compiler
     */
    public static Result compile(Map<String, String> sources) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        if (javac == null) {
            throw new IllegalStateException("this Java has no compiler: run it with a JDK, not a JRE");
        }
        DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                javac.getStandardFileManager(collector, Locale.ROOT, StandardCharsets.UTF_8);
                ClassFiles classFiles = new ClassFiles(files)) {
            List<String> options =
                    List.of("--add-modules", "jdk.incubator.vector", "-proc:none", "-g:source,lines", "-classpath",
                            runtimeLocation().toString());
            List<Source> units =
                    sources.entrySet().stream().map(entry -> new Source(entry.getKey(), entry.getValue())).toList();
            boolean accepted = javac.getTask(null, classFiles, collector, options, null, units).call();
            List<Refusal> refusals =
                    collector.getDiagnostics().stream().filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                            .map(InMemoryCompilation::refusal).toList();
            return new Result(accepted ? classFiles.content() : new TreeMap<>(), refusals);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Refusal refusal(Diagnostic<? extends JavaFileObject> problem) {
        String path = problem.getSource() == null ? "" : problem.getSource().getName();
        return new Refusal(path, problem.getLineNumber(), problem.getMessage(Locale.ROOT));
    }

    private static Path runtimeLocation() {
        try {
            return Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String path, String text) {
            super(URI.create("source:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class ClassFile extends SimpleJavaFileObject {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        ClassFile(String className) {
            super(URI.create("class:///" + className.replace('.', '/') + Kind.CLASS.extension), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    private static final class ClassFiles extends ForwardingJavaFileManager<JavaFileManager> {

        private final List<ClassFile> written = new ArrayList<>();

        ClassFiles(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind,
                FileObject sibling) {
            ClassFile file = new ClassFile(className);
            written.add(file);
            return file;
        }

        SequencedMap<String, byte[]> content() {
            SequencedMap<String, byte[]> content = new TreeMap<>();
            written.forEach(file -> content.put(file.getName().substring(1), file.bytes.toByteArray()));
            return content;
        }
    }
}
