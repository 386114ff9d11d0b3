package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.EngineKind;
import io.xceptionc.benchmarks.engine.PeakEngine;
import io.xceptionc.benchmarks.workload.Workload;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures everything that a {@link Comparison} tells. */
final class Measurement {

    private static final String PEAK = "FMA peak";
    private static final String BATCH = "batch";
    private static final int IMAGES_OF_A_BATCH = 8;
    private static final int MOST_THREADS = 2;
    private static final int COUNTS_OF_BYTES = 3;
    private static final int RUNS_WHILE_COUNTING_BYTES = 20;

    private final Path root;
    private final Path folder;
    private final Effort effort;
    private final PrintStream progress;
    private final Set<EngineKind> engines = EngineKind.available();
    private final List<Latency> latencies = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Prepares to measure.
     *
     * @param root the project's folder
     * @param folder for models and logs
     * @param progress is told what is being done
     */
    Measurement(Path root, Path folder, Effort effort, PrintStream progress) {
        this.root = root;
        this.folder = folder;
        this.effort = effort;
        this.progress = progress;
        notes.add("GFLOP/s are those of the layers' definitions; a convolution in squares takes fewer.");
        if (!engines.contains(EngineKind.PYTORCH)) {
            notes.add("PyTorch is left out: its library is a dependency for Linux on x86-64 only.");
        }
    }

    /**
     * Measures, for minutes.
     *
     * @throws IOException if results differ, an engine fails or files cannot be written; the message says which
     */
    Comparison measure(Conditions conditions) throws IOException, InvalidInputException {
        Workload xception = zoo("xception");
        Headline headline = headline(xception);
        for (Workload workload : List.of(xception.withInput(71, 95), zoo("xception-walkthrough"),
                zoo("xception-shapes"))) {
            addLatencies(workload,
                    nanos(write(workload, engines), effort.contestsBeside(),
                            (contest, samples) -> contest.run(effort, samples)));
        }
        return new Comparison(conditions, headline.figures(), latencies, headline.costs(), notes);
    }

    private Workload zoo(String name) {
        return Workload.of(name, root.resolve("generated-examples/models/" + name + ".yaml"));
    }

    private ModelFiles write(Workload workload, Set<EngineKind> kinds) throws IOException, InvalidInputException {
        progress.println(workload.name() + ": writing the models");
        return ModelFiles.write(workload, kinds, folder);
    }

    private Headline headline(Workload workload) throws IOException, InvalidInputException {
        ModelFiles files = write(workload, engines);
        ModelFiles batch = write(workload.withBatch(IMAGES_OF_A_BATCH), EnumSet.of(EngineKind.XCEPTIONC));
        List<Double> allocated = new ArrayList<>();
        Map<String, Double> nanos = nanos(files, effort.contests(), (contest, samples) -> {
            contest.add(BATCH, WorkerProcess.start(EngineKind.XCEPTIONC, batch, 1));
            contest.requireSameResult(key(EngineKind.XCEPTIONC, 1), BATCH, IMAGES_OF_A_BATCH);
            contest.add(PEAK, WorkerProcess.startPeak(folder));
            contest.run(effort, samples);
            allocated.add(allocatedBytes(contest, 1));
            allocated.add(allocatedBytes(contest, 2));
        });
        addLatencies(workload, nanos);
        progress.println(workload.name() + ": whole processes");
        Map<EngineKind, ProcessCost> costs = ProcessCosts.measure(files, engines, effort);
        progress.println(workload.name() + ": compiling");
        return new Headline(latencies.get(0), latencies.get(1), nanos.get(BATCH) / IMAGES_OF_A_BATCH / 1e6,
                2 * workload.multiplyAccumulates(), PeakEngine.OPERATIONS_PER_RUN / nanos.get(PEAK) * 1e9,
                Collections.max(allocated), costs,
                CompilerRuns.seconds(root, files, effort));
    }

    /** What happens in a contest. */
    @FunctionalInterface
    private interface Course {
        void run(Contest<String> contest, Map<String, List<Long>> samples) throws IOException;
    }

    /** The median nanoseconds of a run of each contestant, over all contests. */
    private Map<String, Double> nanos(ModelFiles files, int contests, Course course) throws IOException {
        Map<String, List<Long>> samples = new LinkedHashMap<>();
        for (int i = 1; i <= contests; i++) {
            progress.printf("%s: 1 thread and 2 threads, contest %d of %d%n", files.workload().name(), i, contests);
            try (Contest<String> contest = contest(files)) {
                course.run(contest, samples);
            }
        }
        return Samples.medians(samples);
    }

    /**
     * The least of some counts: what runs allocate is in all of them, what the JVM's own threads do now and then is
     * not.
     */
    private static double allocatedBytes(Contest<String> contest, int threads) throws IOException {
        double least = Double.POSITIVE_INFINITY;
        for (int count = 0; count < COUNTS_OF_BYTES; count++) {
            least = Math.min(least, contest.worker(key(EngineKind.XCEPTIONC, threads))
                    .allocated(RUNS_WHILE_COUNTING_BYTES) / (double) RUNS_WHILE_COUNTING_BYTES);
        }
        return least;
    }

    private static String key(EngineKind engine, int threads) {
        return engine.title() + (threads == 1 ? ", 1 thread" : ", " + threads + " threads");
    }

    /** All engines on one network, with one thread and with two, their results compared. */
    private Contest<String> contest(ModelFiles files) throws IOException {
        Contest<String> contest = new Contest<>();
        try {
            for (int threads = 1; threads <= MOST_THREADS; threads++) {
                for (EngineKind engine : engines) {
                    contest.add(key(engine, threads), WorkerProcess.start(engine, files, threads));
                    contest.requireSameResult(key(EngineKind.XCEPTIONC, 1), key(engine, threads), 1);
                }
            }
            return contest;
        } catch (IOException e) {
            contest.close();
            throw e;
        }
    }

    private void addLatencies(Workload workload, Map<String, Double> nanos) {
        for (int threads = 1; threads <= MOST_THREADS; threads++) {
            Map<EngineKind, Double> milliseconds = new EnumMap<>(EngineKind.class);
            for (EngineKind engine : engines) {
                milliseconds.put(engine, nanos.get(key(engine, threads)) / 1e6);
            }
            latencies.add(new Latency(workload.name(), threads, milliseconds));
        }
    }
}
