package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.engine.Engine;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.OpenOptions;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The time of a run of an engine, whose result is checked before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
    "-Dai.djl.offline=true"})
public abstract class EngineBenchmark {

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

    /** Loads what is measured, and checks its result. */
    abstract Engine load(OpenOptions options) throws IOException, InvalidInputException;

    /** Prepares the runs. */
    @Setup
    public void open() throws IOException, InvalidInputException {
        loaded = load(OpenOptions.DEFAULT.withThreads(threads).withVectorBits(vectorBits));
    }

    /** One run. */
    @Benchmark
    public void run() {
        loaded.run();
    }

    /** Frees what the runs took. */
    @TearDown
    public void close() {
        loaded.close();
    }
}
