package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures the command line that compiles a network, as a whole process. */
final class CompilerRuns {

    private CompilerRuns() {}

    /** The median seconds of some runs of the launcher. */
    static double seconds(Path root, ModelFiles files, Effort effort) throws IOException {
        String launcher = root.resolve("xceptionc").toString();
        Path log = files.folder().resolve("compile.log");
        // It may have to build first, which is not what is measured.
        run(List.of(launcher, "version"), log);
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < effort.processes(); i++) {
            long start = System.nanoTime();
            run(List.of(launcher, "compile", files.workload().spec().toString(), "--seed",
                    Long.toString(Workload.SEED), "-o", files.folder().resolve("compiled.jar").toString()), log);
            nanos.add(System.nanoTime() - start);
        }
        return Samples.median(nanos) / 1e9;
    }

    private static void run(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (process.waitFor() == 0) {
                return;
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException("interrupted", e);
        }
        throw new IOException(String.join(" ", command) + " has failed:\n" + Files.readString(log));
    }
}
