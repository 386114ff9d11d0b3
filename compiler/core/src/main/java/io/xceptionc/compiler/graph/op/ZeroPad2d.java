package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * Rows and columns of zeros around an image, {@code [h, w, c] -> [top + h + bottom, left + w + right, c]}, float32.
 *
 * @param padding how many on each side
 */
public record ZeroPad2d(Padding padding) implements StandaloneOp, Removable, AbsorbsPadding {

    @Override
    public String keyword() {
        return "zero_pad2d";
    }

    @Override
    public String details() {
        return padding.details();
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        ShapeRules.requireImage(input);
        return TensorType.image(ShapeRules.size((long) input.height() + padding.top() + padding.bottom()),
                ShapeRules.size((long) input.width() + padding.left() + padding.right()), input.channels());
    }

    @Override
    public boolean isIdentity(List<TensorType> inputs) {
        return padding.equals(Padding.NONE);
    }

    @Override
    public Optional<Op> withZerosAround(Padding zeros) {
        return Optional.of(new ZeroPad2d(padding.plus(zeros)));
    }
}
