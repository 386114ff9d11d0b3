package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * An image as a vector, {@code [h, w, c] -> [h * w * c]}, float32.
 *
 * @param channelsFirst whether all pixels of a channel stand together (PyTorch's order), else all channels of a pixel (Keras')
 */
public record Flatten(boolean channelsFirst) implements StandaloneOp {

    @Override
    public String keyword() {
        return "flatten";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        return TensorType.vector(Math.toIntExact(ShapeRules.single(inputs).elementCount()));
    }
}
