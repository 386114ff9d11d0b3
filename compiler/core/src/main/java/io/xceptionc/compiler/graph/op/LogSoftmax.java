package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** {@code y[c] = x[c] - max - log(sum of exp(x - max))} over the channels of each pixel, any shape, float32. */
public record LogSoftmax() implements StandaloneOp {

    @Override
    public String keyword() {
        return "log_softmax";
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
