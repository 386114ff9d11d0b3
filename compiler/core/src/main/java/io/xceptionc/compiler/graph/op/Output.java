package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** Hands the result to the caller: {@code x -> x}, NHWC, float32. */
public record Output() implements StandaloneOp {

    @Override
    public String keyword() {
        return "output";
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
