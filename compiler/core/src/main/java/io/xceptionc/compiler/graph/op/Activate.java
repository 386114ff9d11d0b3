package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * An activation by itself, {@code y = f(x)}, any shape, float32.
 *
 * @param activation the function
 */
public record Activate(Activation activation) implements StandaloneOp, Elementwise, Removable {

    @Override
    public String keyword() {
        return activation.kind().keyword();
    }

    @Override
    public String details() {
        return activation.details();
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        return ShapeRules.single(inputs);
    }

    @Override
    public boolean isIdentity(List<TensorType> inputs) {
        return activation.equals(Activation.IDENTITY);
    }
}
