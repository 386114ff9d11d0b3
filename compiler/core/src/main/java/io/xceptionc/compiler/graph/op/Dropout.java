package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** Dropout at inference, {@code y = x}. */
public record Dropout() implements TransientOp, Removable {

    @Override
    public String keyword() {
        return "dropout";
    }

    @Override
    public String details() {
        return "";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        return ShapeRules.single(inputs);
    }

    @Override
    public boolean isIdentity(List<TensorType> inputs) {
        return true;
    }
}
