package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * The channels of each pixel, by their own mean and variance,
 * {@code y[c] = (x[c] - mean) / sqrt(variance + epsilon) * gamma[c] + beta[c]}, or by their mean square,
 * {@code y[c] = x[c] / sqrt(mean of squares + epsilon) * gamma[c] + beta[c]}, any shape, float32.
 *
 * @param isCentred whether the mean is subtracted
 * @param weights what is done to each channel in the end
 * @param epsilon what keeps the root from zero
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba et al., Layer Normalization</a>
 * @see <a href="https://arxiv.org/abs/1910.07467">Zhang and Sennrich, Root Mean Square Layer Normalization</a>
 */
public record LayerNorm(boolean isCentred, GammaBeta weights, double epsilon) implements StandaloneOp {

    @Override
    public String keyword() {
        return isCentred ? "layer_norm" : "rms_norm";
    }

    @Override
    public String details() {
        return Details.listed("epsilon " + epsilon, weights.details());
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        weights.requireFit(input);
        return input;
    }

    @Override
    public List<Tensor> tensors() {
        return weights.tensors();
    }

    @Override
    public LayerNorm withTensors(List<Tensor> tensors) {
        return new LayerNorm(isCentred, weights.withTensors(tensors), epsilon);
    }
}
