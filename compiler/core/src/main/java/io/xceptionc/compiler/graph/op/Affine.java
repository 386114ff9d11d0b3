package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * A factor and a summand for each channel, {@code y[c] = x[c] * scale[c] + shift[c]}, float32: what is left of a batch
 * norm that no convolution could take in.
 *
 * @param scale {@code [c]}
 * @param shift {@code [c]}
 */
public record Affine(Tensor scale, Tensor shift) implements StandaloneOp, Elementwise {

    @Override
    public String keyword() {
        return "affine";
    }

    @Override
    public String details() {
        return "";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        ShapeRules.requireChannels(input, scale.dimension(0));
        return input;
    }

    @Override
    public List<Tensor> tensors() {
        return List.of(scale, shift);
    }

    @Override
    public Affine withTensors(List<Tensor> tensors) {
        return new Affine(tensors.get(0), tensors.get(1));
    }
}
