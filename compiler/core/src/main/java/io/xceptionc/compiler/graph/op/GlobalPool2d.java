package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * The maximum or mean of each channel over the whole image, {@code [h, w, c] -> [c]}, float32.
 *
 * @param reduction maximum or mean
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_average_pooling2d/">Keras, GlobalAveragePooling2D</a>
 */
public record GlobalPool2d(Reduction reduction) implements KernelOp {

    @Override
    public String keyword() {
        return "global_" + reduction.prefix() + "_pool2d";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = Shapes.single(inputs);
        Shapes.requireImage(input);
        return TensorType.vector(input.channels());
    }
}
