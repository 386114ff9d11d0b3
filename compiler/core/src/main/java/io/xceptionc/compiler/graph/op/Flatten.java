package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * An image as a vector, {@code [h, w, c] -> [h * w * c]}, float32.
 *
 * @param channelsFirst whether all pixels of a channel stand together (PyTorch's order), else all channels of a pixel
 *        (Keras')
 */
public record Flatten(boolean channelsFirst) implements StandaloneOp, Removable {

    @Override
    public String keyword() {
        return "flatten";
    }

    @Override
    public String details() {
        return Details.when(channelsFirst, "channels first");
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        return TensorType.vector(Math.toIntExact(ShapeRules.single(inputs).elementCount()));
    }

    @Override
    public boolean isIdentity(List<TensorType> inputs) {
        return inputs.getFirst().flat();
    }
}
