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
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time of one layer, compiled as a network of its own, whose input and output are copied to and from the kernels'
 * layout. Each subclass is named after the kernel that takes most of that time.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class LayerBenchmark extends EngineBenchmark {

    /** Who runs it. */
    @Param({"XCEPTIONC", "ONNX_RUNTIME"})
    public EngineKind engine;

    /** The layer's size. */
    abstract LayerShape shape();

    /** The layer in the spec language, with so many channels of the output. */
    abstract String layer(int channelsOut);

    @Override
    Engine load(OpenOptions options) throws IOException, InvalidInputException {
        Path spec = Files.createTempFile("xceptionc-benchmark", ".yaml");
        try {
            return CheckedEngine.load(shape().workload(layer(shape().channelsOut()), spec).withBatch(batch), engine,
                    options);
        } finally {
            Files.delete(spec);
        }
    }
}
