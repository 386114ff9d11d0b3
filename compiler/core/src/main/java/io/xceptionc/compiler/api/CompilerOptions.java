package io.xceptionc.compiler.api;

import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.pass.Pipeline;
import io.xceptionc.compiler.weights.bind.BindingOptions;
import io.xceptionc.runtime.Storage;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be compiled, and how.
 *
 * @param network which network
 * @param model what is made of it
 * @param sources a folder that the generated source is written to as well; it goes to the jar in any case
 * @param pipeline the passes; all of them but to look for a mistake of theirs
 */
public record CompilerOptions(NetworkSource network, ModelOptions model, Optional<Path> sources, Pipeline pipeline) {

    /** More images than this in one run only cost memory. */
    public static final int LARGEST_BATCH = ModelOptions.LARGEST_BATCH;

    public CompilerOptions {
        Objects.requireNonNull(network);
        Objects.requireNonNull(model);
        Objects.requireNonNull(sources);
        Objects.requireNonNull(pipeline);
    }

    /** The spec as it is, weights drawn from seed 0, one image a run. */
    public static CompilerOptions of(Path spec) {
        return new CompilerOptions(NetworkSource.of(spec), ModelOptions.STANDARD, Optional.empty(), Pipeline.STANDARD);
    }

    /** The same of another network. */
    public CompilerOptions with(NetworkSource next) {
        return new CompilerOptions(next, model, sources, pipeline);
    }

    /** The same for another kind of model. */
    public CompilerOptions with(ModelOptions next) {
        return new CompilerOptions(network, next, sources, pipeline);
    }

    /** The same with the generated source in a folder too. */
    public CompilerOptions withSources(Path folder) {
        return new CompilerOptions(network, model, Optional.of(folder), pipeline);
    }

    /** The same with the first passes only, and those that code needs. */
    public CompilerOptions stopAfter(int passCount) {
        return new CompilerOptions(network, model, sources, pipeline.stopAfter(passCount));
    }

    /** The same of another spec. */
    public CompilerOptions withSpec(Path file) {
        return with(network.withSpec(file));
    }

    /** The same with weights from a file. */
    public CompilerOptions withWeights(Path file) {
        return with(network.withWeights(file));
    }

    /** The same with drawn weights. */
    public CompilerOptions withSeed(long next) {
        return with(network.withSeed(next));
    }

    /** The same with another input size. */
    public CompilerOptions withInput(ImageSize size) {
        return with(network.withInput(size));
    }

    /** The same with something said about the weights' file, in the words of {@link BindingOptions#of}. */
    public CompilerOptions withBinding(String profile, String match) {
        return withBinding(BindingOptions.of(profile, match));
    }

    /** The same with another way for tensors to find their layers. */
    public CompilerOptions withBinding(BindingOptions way) {
        return with(network.withBinding(way));
    }

    /** The same with another batch. */
    public CompilerOptions withBatch(int images) {
        return with(model.withBatch(images));
    }

    /** The same with another package. */
    public CompilerOptions withPackageName(String name) {
        return with(model.withPackageName(name));
    }

    /** The same with a bound of the memory that a session's values take. */
    public CompilerOptions withMemoryBudget(long bytes) {
        return with(model.withMemoryBudget(bytes));
    }

    /** The same without a self-test in the jar. */
    public CompilerOptions withoutSelfTest() {
        return with(model.withoutSelfTest());
    }

    /** The same with another storage. */
    public CompilerOptions withStorage(Storage other) {
        return with(model.withStorage(other));
    }
}
