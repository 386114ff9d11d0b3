package io.xceptionc.compiler.api;

import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.weights.bind.BindingOptions;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which network is meant.
 *
 * @param spec the spec's file
 * @param input height and width in place of the spec's
 * @param weights the weights' file; weights are drawn if there is none
 * @param seed what drawn weights are drawn from, 0 if absent; not together with a weights file
 * @param binding how the tensors of the weights' file find their layers
 */
public record NetworkSource(
        Path spec,
        Optional<ImageSize> input,
        Optional<Path> weights,
        OptionalLong seed,
        BindingOptions binding) {

    public NetworkSource {
        Objects.requireNonNull(spec);
        Objects.requireNonNull(input);
        Objects.requireNonNull(binding);
        if (weights.isPresent() && seed.isPresent()) {
            throw new IllegalArgumentException("weights come from a file or from a seed, not from both");
        }
    }

    /** The spec as it is, weights drawn from seed 0. */
    public static NetworkSource of(Path spec) {
        return new NetworkSource(spec, Optional.empty(), Optional.empty(), OptionalLong.empty(), BindingOptions.AUTO);
    }

    /** The same of another spec. */
    public NetworkSource withSpec(Path file) {
        return new NetworkSource(file, input, weights, seed, binding);
    }

    /** The same with another input size. */
    public NetworkSource withInput(ImageSize size) {
        return new NetworkSource(spec, Optional.of(size), weights, seed, binding);
    }

    /** The same with weights from a file. */
    public NetworkSource withWeights(Path file) {
        return new NetworkSource(spec, input, Optional.of(file), OptionalLong.empty(), binding);
    }

    /** The same with drawn weights. */
    public NetworkSource withSeed(long next) {
        return new NetworkSource(spec, input, Optional.empty(), OptionalLong.of(next), binding);
    }

    /** The same with something said about the weights' file. */
    public NetworkSource withBinding(BindingOptions next) {
        return new NetworkSource(spec, input, weights, seed, next);
    }
}
