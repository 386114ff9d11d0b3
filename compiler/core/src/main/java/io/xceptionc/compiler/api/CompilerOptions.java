package io.xceptionc.compiler.api;

import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.pass.Pipeline;
import io.xceptionc.compiler.weights.bind.BindingOptions;
import io.xceptionc.runtime.Storage;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import javax.lang.model.SourceVersion;

/**
 * What is to be compiled, and how.
 *
 * @param spec the spec's file
 * @param weights the weights' file; weights are drawn if there is none
 * @param seed what drawn weights are drawn from, 0 if absent; not together with a weights file
 * @param input height and width in place of the spec's
 * @param batch how many images a run takes
 * @param packageName the package of the generated classes; one named after the model if absent
 * @param memoryBudget the most bytes that the values of a session may take; no bound if absent
 * @param sources a folder that the generated source is written to as well; it goes to the jar in any case
 * @param selfTest whether the jar carries a self-test, for which the network is interpreted once
 * @param storage how the jar holds the kernels' weights
 * @param pipeline the passes; all of them but to look for a mistake of theirs
 * @param binding how the tensors of the weights' file find their layers
 */
public record CompilerOptions(
        Path spec,
        Optional<Path> weights,
        OptionalLong seed,
        Optional<ImageSize> input,
        int batch,
        Optional<String> packageName,
        OptionalLong memoryBudget,
        Optional<Path> sources,
        boolean selfTest,
        Storage storage,
        Pipeline pipeline,
        BindingOptions binding) {

    /** More images than this in one run only cost memory. */
    public static final int LARGEST_BATCH = 1024;

    public CompilerOptions {
        Objects.requireNonNull(spec);
        Objects.requireNonNull(sources);
        Objects.requireNonNull(storage);
        Objects.requireNonNull(pipeline);
        Objects.requireNonNull(binding);
        if (weights.isPresent() && seed.isPresent()) {
            throw new IllegalArgumentException("weights come from a file or from a seed, not from both");
        }
        if (batch < 1 || batch > LARGEST_BATCH) {
            throw new IllegalArgumentException("a batch has 1 to " + LARGEST_BATCH + " images, not " + batch);
        }
        memoryBudget.ifPresent(bytes -> {
            if (bytes < 1) {
                throw new IllegalArgumentException("a memory budget has at least 1 byte, not " + bytes);
            }
        });
        packageName.ifPresent(CompilerOptions::requirePackageName);
    }

    private static void requirePackageName(String name) {
        if (!name.matches("[A-Za-z0-9_.]+") || !SourceVersion.isName(name)) {
            throw new IllegalArgumentException("'" + name + "' is no name for a Java package");
        }
        if (name.matches("java(\\..*)?")
                || ModuleLayer.boot().modules().stream().anyMatch(module -> module.getPackages().contains(name))) {
            throw new IllegalArgumentException("'" + name + "' is a package of the JDK itself");
        }
    }

    /** The spec as it is, weights drawn from seed 0, one image a run. */
    public static CompilerOptions of(Path spec) {
        return new CompilerOptions(spec, Optional.empty(), OptionalLong.empty(), Optional.empty(), 1, Optional.empty(),
                OptionalLong.empty(), Optional.empty(), true, Storage.F32, Pipeline.STANDARD, BindingOptions.AUTO);
    }

    /** The same of another spec. */
    public CompilerOptions withSpec(Path file) {
        return new CompilerOptions(file, weights, seed, input, batch, packageName, memoryBudget, sources, selfTest,
                storage, pipeline, binding);
    }

    /** The same with weights from a file. */
    public CompilerOptions withWeights(Path file) {
        return new CompilerOptions(spec, Optional.of(file), OptionalLong.empty(), input, batch, packageName,
                memoryBudget, sources, selfTest, storage, pipeline, binding);
    }

    /** The same with drawn weights. */
    public CompilerOptions withSeed(long next) {
        return new CompilerOptions(spec, Optional.empty(), OptionalLong.of(next), input, batch, packageName,
                memoryBudget, sources, selfTest, storage, pipeline, binding);
    }

    /** The same with another input size. */
    public CompilerOptions withInput(ImageSize size) {
        return new CompilerOptions(spec, weights, seed, Optional.of(size), batch, packageName, memoryBudget, sources,
                selfTest, storage, pipeline, binding);
    }

    /** The same with another batch. */
    public CompilerOptions withBatch(int images) {
        return new CompilerOptions(spec, weights, seed, input, images, packageName, memoryBudget, sources, selfTest,
                storage, pipeline, binding);
    }

    /** The same with another package. */
    public CompilerOptions withPackageName(String name) {
        return new CompilerOptions(spec, weights, seed, input, batch, Optional.of(name), memoryBudget, sources,
                selfTest, storage, pipeline, binding);
    }

    /** The same with a bound of the memory that a session's values take. */
    public CompilerOptions withMemoryBudget(long bytes) {
        return new CompilerOptions(spec, weights, seed, input, batch, packageName, OptionalLong.of(bytes), sources,
                selfTest, storage, pipeline, binding);
    }

    /** The same with the generated source in a folder too. */
    public CompilerOptions withSources(Path folder) {
        return new CompilerOptions(spec, weights, seed, input, batch, packageName, memoryBudget, Optional.of(folder),
                selfTest, storage, pipeline, binding);
    }

    /** The same without a self-test in the jar. */
    public CompilerOptions withoutSelfTest() {
        return new CompilerOptions(spec, weights, seed, input, batch, packageName, memoryBudget, sources, false,
                storage, pipeline, binding);
    }

    /** The same with another storage. */
    public CompilerOptions withStorage(Storage other) {
        return new CompilerOptions(spec, weights, seed, input, batch, packageName, memoryBudget, sources, selfTest,
                other, pipeline, binding);
    }

    /** The same with other passes. */
    public CompilerOptions withPipeline(Pipeline passes) {
        return new CompilerOptions(spec, weights, seed, input, batch, packageName, memoryBudget, sources, selfTest,
                storage, passes, binding);
    }

    /** The same with something said about the weights' file, in the words of {@link BindingOptions#of}. */
    public CompilerOptions withBinding(String profile, String match) {
        return new CompilerOptions(spec, weights, seed, input, batch, packageName, memoryBudget, sources, selfTest,
                storage, pipeline, BindingOptions.of(profile, match));
    }
}
