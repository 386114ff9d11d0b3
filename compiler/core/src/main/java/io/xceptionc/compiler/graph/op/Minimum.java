package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * The least of two or more values, {@code y = min(x1, x2, ...)}, element by element, smaller ones repeated, float32.
 */
public record Minimum() implements StandaloneOp, Elementwise, Merge {

    @Override
    public String keyword() {
        return "minimum";
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
