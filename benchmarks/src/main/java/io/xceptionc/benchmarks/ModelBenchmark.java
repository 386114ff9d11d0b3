package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.engine.Engine;
import io.xceptionc.benchmarks.engine.EngineKind;
import io.xceptionc.benchmarks.workload.CheckedEngine;
import io.xceptionc.benchmarks.workload.Workload;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.OpenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/** The time of one run of a whole model of the zoo. Run it from the project's root. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ModelBenchmark extends EngineBenchmark {

    private static final Path MODELS = Path.of("generated-examples/models");

    /** The spec's name. */
    @Param({"xception", "xception-walkthrough", "xception-shapes"})
    public String model;

    /** Who runs it. */
    @Param({"XCEPTIONC", "ONNX_RUNTIME", "PYTORCH"})
    public EngineKind engine;

    @Override
    Engine load(OpenOptions options) throws IOException, InvalidInputException {
        return CheckedEngine.load(Workload.of(model, MODELS.resolve(model + ".yaml")).withBatch(batch), engine,
                options);
    }
}
