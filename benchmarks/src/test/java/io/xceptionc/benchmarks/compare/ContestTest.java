package io.xceptionc.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.benchmarks.engine.EngineKind;
import io.xceptionc.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real engines in real processes, briefly. */
class ContestTest {

    private static final Effort BRIEF = new Effort(1, 1, 2, 20, 20, 1);
    private static final Set<EngineKind> ENGINES = EnumSet.of(EngineKind.XCEPTIONC, EngineKind.ONNX_RUNTIME);
    private static final Path MODELS = Path.of("../generated-examples/models");

    @TempDir
    private Path folder;

    @Test
    void timesEnginesThatAgree() throws Exception {
        ModelFiles files = files("xception-shapes");
        try (Contest<EngineKind> contest = new Contest<>()) {
            for (EngineKind engine : ENGINES) {
                contest.add(engine, WorkerProcess.start(engine, files, 1));
            }
            contest.requireSameResult(EngineKind.XCEPTIONC, EngineKind.ONNX_RUNTIME, 1);
            Map<EngineKind, List<Long>> samples = new LinkedHashMap<>();
            contest.run(BRIEF, samples);
            int runs = samples.get(EngineKind.XCEPTIONC).size();
            assertTrue(runs >= BRIEF.rounds(), runs + " runs");
            contest.run(BRIEF, samples);
            assertTrue(samples.get(EngineKind.XCEPTIONC).size() > runs, "samples of a second run are added");
            assertEquals(ENGINES, samples.keySet());
            Samples.medians(samples).values()
                    .forEach(nanos -> assertTrue(nanos > 10_000 && nanos < 1e9, nanos + " ns"));
        }
    }

    @Test
    void refusesToTimeEnginesThatDiffer() throws Exception {
        try (Contest<String> contest = new Contest<>()) {
            contest.add("one", WorkerProcess.start(EngineKind.ONNX_RUNTIME, files("xception-shapes"), 1));
            contest.add("other", WorkerProcess.start(EngineKind.ONNX_RUNTIME, files("extreme-inception"), 1));
            assertEquals("one and other differ by Infinity of the scale, so that there is nothing to compare",
                    assertThrows(IOException.class, () -> contest.requireSameResult("one", "other", 1)).getMessage());
        }
    }

    @Test
    void comparesTheFirstImageOfABatch() throws Exception {
        try (Contest<String> contest = new Contest<>()) {
            contest.add("one", WorkerProcess.start(EngineKind.ONNX_RUNTIME, files("xception-shapes"), 1));
            ModelFiles batch =
                    ModelFiles.write(Workload.of("batch", MODELS.resolve("xception-shapes.yaml")).withBatch(3),
                            ENGINES, folder);
            contest.add("batch", WorkerProcess.start(EngineKind.XCEPTIONC, batch, 1));
            contest.requireSameResult("one", "batch", 3);
            assertThrows(IOException.class, () -> contest.requireSameResult("one", "batch", 1));
        }
    }

    @Test
    void saysWhyAWorkerEnded() throws Exception {
        ModelFiles files = files("xception-shapes");
        Path model = files.model(EngineKind.ONNX_RUNTIME);
        Files.writeString(model, "no model");
        String message = assertThrows(IOException.class,
                () -> WorkerProcess.start(EngineKind.ONNX_RUNTIME, files, 1).close()).getMessage();
        assertTrue(message.startsWith("a worker ended; ")
                && message.contains("java.io.IOException: " + model + " cannot be loaded\n"), message);
    }

    private ModelFiles files(String name) throws Exception {
        return ModelFiles.write(Workload.of(name, MODELS.resolve(name + ".yaml")), ENGINES, folder);
    }
}
