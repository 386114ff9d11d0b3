package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fully connected layer, {@code [cIn] -> [cOut]}, float32: {@code y[o] = sum over c of kernel[c, o] * x[c] + bias[o]}.
 *
 * @param kernel {@code [cIn, cOut]}
 * @param bias {@code [cOut]}
 * @param fusion what was fused into it
 * @see <a href="https://keras.io/api/layers/core_layers/dense/">Keras, Dense</a>
 */
public record Dense(Tensor kernel, Optional<Tensor> bias, Fusion fusion) implements Convolution {

    public Dense {
        if (fusion.inputScaling().isPresent()) {
            throw new IllegalArgumentException("no kernel begins with " + fusion.prologue());
        }
    }

    @Override
    public String keyword() {
        return "dense";
    }

    @Override
    public int channelsOut() {
        return kernel.dimension(1);
    }

    @Override
    public String linearDetails() {
        return "";
    }

    @Override
    public TensorType linearType(TensorType input) {
        ShapeRules.requireVector(input);
        ShapeRules.requireChannels(input, kernel.dimension(0));
        ShapeRules.requirePackable(kernel.dimension(0), channelsOut());
        return TensorType.vector(channelsOut());
    }

    @Override
    public Dense withFusion(Fusion next) {
        return new Dense(kernel, bias, next);
    }

    @Override
    public Dense withWeights(Tensor nextKernel, Optional<Tensor> nextBias) {
        return new Dense(nextKernel, nextBias, fusion);
    }

    @Override
    public List<Tensor> tensors() {
        return Stream.concat(Stream.of(kernel), bias.stream()).toList();
    }

    @Override
    public Dense withTensors(List<Tensor> tensors) {
        return withWeights(tensors.getFirst(), bias.map(_ -> tensors.getLast()));
    }

    @Override
    public long multiplyAccumulates(List<TensorType> inputs) {
        return kernel.elementCount();
    }
}
