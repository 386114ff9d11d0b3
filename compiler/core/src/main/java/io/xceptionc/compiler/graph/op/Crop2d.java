package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * An image without some rows and columns at its sides, {@code [top + h + bottom, left + w + right, c] -> [h, w, c]},
 * float32.
 *
 * @param margins how many on each side
 * @see <a href="https://keras.io/api/layers/reshaping_layers/cropping2d/">Keras, Cropping2D</a>
 */
public record Crop2d(Padding margins) implements StandaloneOp, Removable, CommutesWithChannelScaling {

    @Override
    public String keyword() {
        return "crop2d";
    }

    @Override
    public String details() {
        return margins.details();
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        ShapeRules.requireImage(input);
        long height = (long) input.height() - margins.top() - margins.bottom();
        long width = (long) input.width() - margins.left() - margins.right();
        if (height < 1 || width < 1) {
            throw new ShapeException(DiagnosticCode.E201, "cuts all rows or columns off its input, which is " + input,
                    "use a larger input, or cut less off", "cropping");
        }
        return TensorType.image((int) height, (int) width, input.channels());
    }

    @Override
    public boolean isIdentity(List<TensorType> inputs) {
        return margins.equals(Padding.NONE);
    }

    @Override
    public List<Share> shares(List<TensorType> inputs) {
        return List.of(new Share(0, inputs.getFirst().channels(), true));
    }
}
