package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * The maximum or mean of each channel over the whole image, {@code [h, w, c] -> [c]}, or {@code -> [1, 1, c]}, float32.
 *
 * @param reduction maximum or mean
 * @param keepsImage whether the result is an image of one pixel, as Keras' {@code keepdims}
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_average_pooling2d/">Keras, GlobalAveragePooling2D</a>
 */
public record GlobalPool2d(Reduction reduction, boolean keepsImage) implements StandaloneOp {

    /** One that yields a vector. */
    public GlobalPool2d(Reduction reduction) {
        this(reduction, false);
    }

    @Override
    public String keyword() {
        return "global_" + reduction.prefix() + "_pool2d";
    }

    @Override
    public String details() {
        return Details.when(keepsImage, "keepdims");
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        ShapeRules.requireImage(input);
        return keepsImage ? TensorType.image(1, 1, input.channels()) : TensorType.vector(input.channels());
    }
}
