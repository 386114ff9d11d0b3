package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** The mean of n values, {@code y = (x1 + x2 + ...) / n}, element by element, smaller ones repeated, float32. */
public record Average() implements StandaloneOp, Elementwise, Merge {

    @Override
    public String keyword() {
        return "average";
    }

    @Override
    public String details() {
        return "";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        return ShapeRules.merged(inputs);
    }
}
