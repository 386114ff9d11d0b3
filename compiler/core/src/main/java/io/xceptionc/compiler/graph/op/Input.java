package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * Takes the caller's image in: {@code [height, width, channels]}, NHWC, float32.
 *
 * @param type the image
 */
public record Input(TensorType type) implements StandaloneOp {

    @Override
    public String keyword() {
        return "input";
    }

    @Override
    public String details() {
        return "";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        ShapeRules.requireCount(inputs, 0);
        return type;
    }
}
