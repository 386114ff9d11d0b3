package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** {@code y[c] = exp(x[c] - max) / sum of exp(x - max)} over the channels of each pixel, any shape, float32. */
public record Softmax() implements StandaloneOp {

    @Override
    public String keyword() {
        return "softmax";
    }

    @Override
    public String details() {
        return "";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        return ShapeRules.single(inputs);
    }
}
