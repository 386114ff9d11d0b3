package io.xceptionc.cli.measure;

import io.xceptionc.cli.console.Progress;
import io.xceptionc.cli.file.PrivateFolder;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelStep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the steps of a model cost, as its events in Java Flight Recorder tell it.
 *
 * @param model the model's name
 * @param threads how many threads a run used
 * @param vectorBits the width of the vectors
 * @param runs how many runs were measured
 * @param runMicroseconds the time of a run for one image, the median
 * @param steps in the order of their execution
 */
public record StepCosts(String model, int threads, int vectorBits, int runs, double runMicroseconds, List<Step> steps) {

    private static final String STEP = "io.xceptionc.Step";
    private static final String INFERENCE = "io.xceptionc.Inference";
    private static final int MOST_EVENTS = 400_000;
    private static final int PARTS_OF_WARM_UP = 4;

    /**
     * A step.
     *
     * @param step what it does
     * @param microseconds the time that it takes for one image, the median
     * @param share the part of the time of all steps, 0 to 1
     */
    record Step(ModelStep step, double microseconds, double share) {

        /** Billions of floating point operations a second. */
        double gigaflops() {
            return microseconds == 0 ? 0 : step.floatingPointOperations() / (microseconds * 1e3);
        }
    }

    public StepCosts {
        steps = List.copyOf(steps);
    }

    /** The steps together. */
    Step total() {
        List<ModelStep> all = steps.stream().map(Step::step).toList();
        return new Step(
                new ModelStep("total", "", List.of(), all.stream().mapToLong(ModelStep::multiplyAccumulates).sum(),
                        all.stream().mapToLong(ModelStep::bytes).sum()),
                steps.stream().mapToDouble(Step::microseconds).sum(), 1);
    }

    /**
     * Runs a model for a while, after a quarter as long to warm it up.
     *
     * @throws IOException if the recording cannot be written or read
     */
    public static StepCosts measure(CompiledModel model, Duration duration, Progress progress) throws IOException {
        try (PrivateFolder folder = PrivateFolder.create(); Workload workload = new Workload(model)) {
            progress.next("warming up");
            workload.run(duration.dividedBy(PARTS_OF_WARM_UP));
            progress.next("running");
            Path file = folder.path().resolve("steps.jfr");
            record(model, workload, duration, file);
            progress.next("reading the recording");
            return read(model, file);
        }
    }

    private static void record(CompiledModel model, Workload workload, Duration duration, Path file)
            throws IOException {
        int mostRuns = Math.max(1, MOST_EVENTS / (model.steps().size() * model.signature().batch()));
        try (Recording recording = new Recording()) {
            recording.enable(STEP);
            recording.enable(INFERENCE);
            recording.start();
            long start = System.nanoTime();
            for (int run = 0; run < mostRuns && (run == 0 || System.nanoTime() - start < duration.toNanos()); run++) {
                workload.run();
            }
            recording.stop();
            recording.dump(file);
        }
    }

    private static StepCosts read(CompiledModel model, Path file) throws IOException {
        LongStream.Builder runs = LongStream.builder();
        List<LongStream.Builder> steps = new ArrayList<>();
        model.steps().forEach(_ -> steps.add(LongStream.builder()));
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                switch (event.getEventType().getName()) {
                    case STEP -> steps.get(event.getInt("index")).add(event.getDuration().toNanos());
                    case INFERENCE -> runs.add(event.getDuration().toNanos());
                    default -> {
                        // of the recorder itself
                    }
                }
            }
        }
        Durations all = new Durations(runs.build().toArray());
        return of(model, all.count(), all.percentile(50) / 1e3 / model.signature().batch(),
                steps.stream().mapToDouble(nanos -> new Durations(nanos.build().toArray()).percentile(50) / 1e3)
                        .toArray());
    }

    private static StepCosts of(CompiledModel model, int runs, double runMicroseconds, double[] microseconds) {
        double sum = Math.max(Double.MIN_NORMAL, Arrays.stream(microseconds).sum());
        List<Step> steps = new ArrayList<>();
        for (ModelStep step : model.steps()) {
            double time = microseconds[steps.size()];
            steps.add(new Step(step, time, time / sum));
        }
        return new StepCosts(model.signature().name(), model.threads(), model.vectorBits(), runs, runMicroseconds,
                steps);
    }
}
