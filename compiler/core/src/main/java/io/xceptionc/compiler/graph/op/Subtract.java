package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** The first value less all others, {@code y = x1 - x2 - ...}, element by element, smaller ones repeated, float32. */
public record Subtract() implements StandaloneOp, Elementwise, Merge {

    @Override
    public String keyword() {
        return "subtract";
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
