package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * The maximum or mean of each channel over the parts of an image, {@code [h, w, c] -> [height, width, c]}, float32:
 * part {@code i} of {@code n} is from row {@code floor(i * h / n)} to before {@code ceil((i + 1) * h / n)}, and columns
 * alike.
 *
 * @param reduction maximum or mean
 * @param height rows of the result
 * @param width columns of the result
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html">torch.nn.AdaptiveAvgPool2d</a>
 */
public record AdaptivePool2d(Reduction reduction, int height, int width) implements StandaloneOp {

    @Override
    public String keyword() {
        return "adaptive_" + reduction.prefix() + "_pool2d";
    }

    @Override
    public String details() {
        return height + "x" + width;
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        ShapeRules.requireImage(input);
        if ((long) input.height() * height > Integer.MAX_VALUE || (long) input.width() * width > Integer.MAX_VALUE) {
            throw new ShapeException(DiagnosticCode.E205, "makes %d x %d parts of an image of %d x %d".formatted(height,
                    width, input.height(), input.width()), "use a smaller size", "size");
        }
        return TensorType.image(height, width, input.channels());
    }
}
