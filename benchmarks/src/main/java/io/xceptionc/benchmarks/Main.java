package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.compare.Compare;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The entry point: {@code compare} compares with peers, everything else is for JMH. */
public final class Main {

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private Main() {}

    /**
     * Runs a command line; the property {@code xceptionc.home} names the project's folder if that is not the current
     * one.
     */
    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        if (words.isEmpty() || !words.getFirst().equals("compare")) {
            org.openjdk.jmh.Main.main(arguments);
            return;
        }
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            System.err.println("compare: start it as benchmarks/compare, or with java --add-modules " + VECTOR_MODULE);
            System.exit(2);
        }
        Path root = Path.of(System.getProperty("xceptionc.home", "")).toAbsolutePath();
        System.exit(new Compare(root, System.out, System.err).run(words.subList(1, words.size())));
    }
}
