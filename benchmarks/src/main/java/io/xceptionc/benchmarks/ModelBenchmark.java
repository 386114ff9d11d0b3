package io.xceptionc.benchmarks;

import io.xceptionc.compiler.Compiler;
import io.xceptionc.compiler.CompilerOptions;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.lower.Network;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.SeededWeights;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.Session;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
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
 * The time of one run of a whole model of the zoo, weights drawn from seed 1. Run it from the project's root; before anything is
 * timed, the result is held against the reference interpreter.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ModelBenchmark {

    private static final Path MODELS = Path.of("generated-examples/models");
    private static final long SEED = 1;
    private static final double TOLERANCE = 1e-4;

    /** The spec's name. */
    @Param({"xception", "xception-walkthrough", "xception-shapes"})
    public String model;

    /** Threads of a run. */
    @Param({"1", "2"})
    public int threads;

    /** The width of the vectors in bits, 0 for the machine's own. */
    @Param("0")
    public int vectorBits;

    private Path jar;
    private CompiledModel compiled;
    private Session session;

    /** Compiles and opens the model, and checks its result. */
    @Setup
    public void open() throws IOException, InvalidInputException {
        Path spec = MODELS.resolve(model + ".yaml");
        jar = Files.createTempFile("xceptionc-benchmark", ".jar");
        Compiler.compile(CompilerOptions.of(spec).withSeed(SEED), jar, stage -> {
        });
        compiled = CompiledModel.open(jar, new OpenOptions(threads, vectorBits));
        session = compiled.newSession();
        float[] image = image(compiled.signature().inputLength());
        MemorySegment.copy(image, 0, session.input(), ValueLayout.JAVA_FLOAT, 0, image.length);
        session.run();
        check(ReferenceInterpreter.output(network(spec).graph(), image));
    }

    private static float[] image(int length) {
        Random random = new Random(SEED);
        float[] image = new float[length];
        for (int i = 0; i < length; i++) {
            image[i] = random.nextFloat() * 2 - 1;
        }
        return image;
    }

    private static Network network(Path specFile) throws IOException, InvalidInputException {
        Diagnostics diagnostics = new Diagnostics();
        Spec spec = SpecParser.parse(specFile.toString(), Files.readString(specFile), diagnostics).orElseThrow();
        SeededWeights weights = new SeededWeights(SEED, Lowering.convention(spec), diagnostics);
        Network network = Lowering.lower(spec, Optional.empty(), weights, diagnostics).orElseThrow();
        diagnostics.throwIfErrors();
        return network;
    }

    private void check(double[] expected) {
        double scale = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(expected[i] - session.output().getAtIndex(ValueLayout.JAVA_FLOAT, i)));
        }
        if (!(error <= TOLERANCE * scale)) {
            throw new IllegalStateException("wrong by " + error + " at a scale of " + scale + ": not worth timing");
        }
    }

    /** One run. */
    @Benchmark
    public void run() {
        session.run();
    }

    /** Closes the model. */
    @TearDown
    public void close() throws IOException {
        compiled.close();
        Files.delete(jar);
    }
}
