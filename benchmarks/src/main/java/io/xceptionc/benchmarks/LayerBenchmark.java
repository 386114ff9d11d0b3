package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.engine.Engine;
import io.xceptionc.benchmarks.engine.EngineKind;
import io.xceptionc.benchmarks.workload.CheckedEngine;
import io.xceptionc.benchmarks.workload.LayerShape;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
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

/**
 * The time of one layer, compiled as a network of its own, whose input and output are copied to and from the kernels' layout.
 * Each subclass is named after the kernel that takes most of that time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
    "-Dai.djl.offline=true"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class LayerBenchmark {

    /** Who runs it. */
    @Param({"XCEPTIONC", "ONNX_RUNTIME"})
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

    /** The layer's size. */
    abstract LayerShape shape();

    /** The layer in the spec language, with so many channels of the output. */
    abstract String layer(int channelsOut);

    /** Loads the layer, and checks its result. */
    @Setup
    public void open() throws IOException, InvalidInputException {
        Path spec = Files.createTempFile("xceptionc-benchmark", ".yaml");
        try {
            loaded = CheckedEngine.load(
                    shape().workload(layer(shape().channelsOut()), spec).withBatch(batch), engine,
                    new OpenOptions(threads, vectorBits));
        } finally {
            Files.delete(spec);
        }
    }

    /** One run. */
    @Benchmark
    public void run() {
        loaded.run();
    }

    /** Closes the layer. */
    @TearDown
    public void close() {
        loaded.close();
    }
}
