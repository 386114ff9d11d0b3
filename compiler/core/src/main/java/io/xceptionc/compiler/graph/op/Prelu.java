package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.Arrays;
import java.util.List;

/**
 * {@code y[c] = x[c] < 0 ? slope[c] * x[c] : x[c]}, any shape, float32.
 *
 * @param slope {@code [c]}, or {@code [1]} for all channels
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al., Delving Deep into Rectifiers</a>
 */
public record Prelu(Tensor slope) implements StandaloneOp, Elementwise {

    @Override
    public String keyword() {
        return "prelu";
    }

    /** Whether all channels have the same slope. */
    public boolean shared() {
        return slope.dimension(0) == 1;
    }

    /** The slope of each of so many channels. */
    public Tensor slopes(int channels) {
        return !shared() || channels == 1 ? slope : Tensor.lazy(slope.name(), List.of(channels), () -> {
            float[] slopes = new float[channels];
            Arrays.fill(slopes, slope.values()[0]);
            return slopes;
        });
    }

    @Override
    public String details() {
        return Details.when(shared(), "shared");
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        if (!shared()) {
            ShapeRules.requireChannels(input, slope.dimension(0));
        }
        return input;
    }

    @Override
    public List<Tensor> tensors() {
        return List.of(slope);
    }

    @Override
    public Prelu withTensors(List<Tensor> tensors) {
        return new Prelu(tensors.getFirst());
    }
}
