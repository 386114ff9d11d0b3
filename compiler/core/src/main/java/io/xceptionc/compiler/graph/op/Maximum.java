package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * The greatest of two or more values, {@code y = max(x1, x2, ...)}, element by element, smaller ones repeated, float32.
 */
public record Maximum() implements StandaloneOp, Elementwise, Merge {

    @Override
    public String keyword() {
        return "maximum";
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
