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
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The time of one run of a whole model of the zoo. Run it from the project's root. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
    "-Dai.djl.offline=true"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ModelBenchmark {

    private static final Path MODELS = Path.of("generated-examples/models");

    /** The spec's name. */
    @Param({"xception", "xception-walkthrough", "xception-shapes"})
    public String model;

    /** Who runs it. */
    @Param({"XCEPTIONC", "ONNX_RUNTIME", "PYTORCH"})
    public EngineKind engine;

    /** Threads of a run. */
    @Param({"1", "2"})
    public int threads;

    /** The width of xceptionc's vectors in bits, 0 for the machine's own. */
    @Param("0")
    public int vectorBits;

    /** Images of a run. */
    @Param("1")
    public int batch;

    private Engine loaded;

    /** Loads the model, and checks its result. */
    @Setup
    public void open() throws IOException, InvalidInputException {
        loaded = CheckedEngine.load(Workload.of(model, MODELS.resolve(model + ".yaml")).withBatch(batch), engine,
                new OpenOptions(threads, vectorBits));
    }

    /** One run. */
    @Benchmark
    public void run() {
        loaded.run();
    }

    /** Closes the model. */
    @TearDown
    public void close() {
        loaded.close();
    }
}
