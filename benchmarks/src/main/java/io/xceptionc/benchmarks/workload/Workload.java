package io.xceptionc.benchmarks.workload;

import io.xceptionc.benchmarks.engine.EngineKind;
import io.xceptionc.benchmarks.engine.ImageBatch;
import io.xceptionc.benchmarks.torchscript.TorchScriptExport;
import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.lower.Summary;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.SeededWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A network to run, its weights drawn from seed {@value #SEED}.
 *
 * @param name what people call it, also part of a file's name
 * @param spec the spec's file
 * @param input height and width in place of the spec's
 * @param batch how many images a run takes
 */
public record Workload(String name, Path spec, Optional<ImageSize> input, int batch) {

    /** What weights and images are drawn from. */
    public static final long SEED = 1;

    /** One image of the spec's size. */
    public static Workload of(String name, Path spec) {
        return new Workload(name, spec, Optional.empty(), 1);
    }

    /** The same with images of another size. */
    public Workload withInput(int height, int width) {
        return new Workload(name + " " + height + "x" + width, spec, Optional.of(new ImageSize(height, width)), batch);
    }

    /** The same with more images a run. */
    public Workload withBatch(int images) {
        return new Workload(name + " batch " + images, spec, input, images);
    }

    /** The network as the spec says it. */
    public LoweredNetwork network() throws IOException, InvalidInputException {
        Diagnostics diagnostics = new Diagnostics();
        Optional<Spec> parsed = SpecParser.parse(spec.toString(), Files.readString(spec), diagnostics);
        diagnostics.throwIfErrors();
        Spec syntax = parsed.orElseThrow();
        SeededWeights weights = new SeededWeights(SEED, Lowering.convention(syntax), diagnostics);
        Optional<LoweredNetwork> network = Lowering.lower(syntax, input, weights, diagnostics);
        diagnostics.throwIfErrors();
        return network.orElseThrow();
    }

    /** Multiply-accumulate operations for one image. */
    public long multiplyAccumulates() throws IOException, InvalidInputException {
        return Summary.of(network()).macs();
    }

    /** The images, channels last. */
    public ImageBatch images() throws IOException, InvalidInputException {
        TensorType type = network().graph().input().type();
        return ImageBatch.noise(batch, type.channels(), type.height(), type.width(), SEED);
    }

    /** Writes the network for an engine, to a file that ends with {@link EngineKind#suffix}. */
    public void write(EngineKind engine, Path file) throws IOException, InvalidInputException {
        CompilerOptions drawn = CompilerOptions.of(spec).withSeed(SEED).withBatch(batch);
        CompilerOptions options = input.map(drawn::withInput).orElse(drawn);
        switch (engine) {
            case XCEPTIONC -> Compiler.compile(options, file, _ -> {
            });
            case ONNX_RUNTIME -> Compiler.export(options, file);
            case PYTORCH -> TorchScriptExport.write(network().graph(), file);
        }
    }
}
