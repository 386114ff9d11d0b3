package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.Agreement;
import io.xceptionc.benchmarks.engine.EngineKind;
import io.xceptionc.benchmarks.engine.ImageBatch;
import io.xceptionc.benchmarks.workload.SingleLayer;
import io.xceptionc.benchmarks.workload.Workload;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.TensorType;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures single layers beside ONNX Runtime, on one thread. */
final class LayerMeasurement {

    private static final Set<EngineKind> ENGINES = EnumSet.of(EngineKind.XCEPTIONC, EngineKind.ONNX_RUNTIME);
    private static final double PART = 0.25;

    private final Path folder;
    private final Effort effort;
    private final PrintStream progress;

    /**
     * Prepares to measure.
     *
     * @param folder for models and logs
     * @param progress is told what is being done
     */
    LayerMeasurement(Path folder, Effort effort, PrintStream progress) {
        this.folder = folder;
        this.effort = effort;
        this.progress = progress;
    }

    /**
     * Measures layers one after another.
     *
     * @throws IOException if results differ, an engine fails or files cannot be written; the message says which
     */
    List<LayerTime> measure(List<SingleLayer> layers) throws IOException, InvalidInputException {
        List<LayerTime> times = new ArrayList<>();
        for (SingleLayer layer : layers) {
            LayerTime time = measure(layer);
            times.add(time);
            progress.printf("%s: %.2f of ONNX Runtime's time%n", layer.name(), time.ratio());
        }
        return times;
    }

    private LayerTime measure(SingleLayer layer) throws IOException, InvalidInputException {
        Files.createDirectories(folder);
        Workload workload = layer.workload(folder.resolve("layer.yaml"));
        TensorType output = workload.network().graph().output().type();
        ModelFiles files = ModelFiles.write(workload, ENGINES, folder);
        Map<EngineKind, List<Long>> samples = new EnumMap<>(EngineKind.class);
        try (Contest<EngineKind> contest = new Contest<>()) {
            for (EngineKind engine : ENGINES) {
                contest.add(engine, WorkerProcess.start(engine, files, 1));
            }
            requireSameResult(layer, contest, output);
            contest.run(effort, samples);
        }
        Map<EngineKind, Double> microseconds = new EnumMap<>(EngineKind.class);
        samples.forEach((engine, nanos) -> microseconds.put(engine, Samples.quantile(nanos, PART) / 1e3));
        return new LayerTime(layer, microseconds);
    }

    private static void requireSameResult(SingleLayer layer, Contest<EngineKind> contest, TensorType output)
            throws IOException {
        float[] ours = contest.worker(EngineKind.XCEPTIONC).result();
        ImageBatch image =
                new ImageBatch(1, output.channels(), output.height(), output.width(), FloatBuffer.wrap(ours));
        double error = Agreement.error(contest.worker(EngineKind.ONNX_RUNTIME).result(),
                image.channelsFirst().values().array());
        if (error > Agreement.TOLERANCE) {
            throw new IOException("%s: the results differ by %.2g of the scale, so that there is nothing to compare"
                    .formatted(layer.name(), error));
        }
    }
}
