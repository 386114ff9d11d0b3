package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * A trained factor and summand for each channel, {@code y[c] = x[c] * gamma[c] + beta[c]}, any shape, float32.
 *
 * @param weights factors and summands
 * @see <a href="https://arxiv.org/abs/2103.17239">Touvron et al., Going deeper with Image Transformers, LayerScale</a>
 */
public record ChannelScale(GammaBeta weights) implements TransientOp, Removable {

    @Override
    public String keyword() {
        return "channel_scale";
    }

    @Override
    public String details() {
        return weights.details();
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
    public ChannelScale withTensors(List<Tensor> tensors) {
        return new ChannelScale(weights.withTensors(tensors));
    }

    @Override
    public boolean isIdentity(List<TensorType> inputs) {
        return weights.equals(GammaBeta.NONE);
    }
}
