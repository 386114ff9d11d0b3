package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * The maximum or mean under a window, {@code [h, w, c] -> [h', w', c]}, float32. Padding never is the maximum.
 *
 * @param reduction maximum or mean
 * @param window how the window slides
 * @param countsPadding whether padding counts as zeros in a mean, as PyTorch's {@code count_include_pad}
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html">torch.nn.MaxPool2d</a>
 */
public record Pool2d(Reduction reduction, Window window, boolean countsPadding)
        implements StandaloneOp, Windowed, AbsorbsPadding {

    @Override
    public String keyword() {
        return reduction.prefix() + "_pool2d";
    }

    @Override
    public String details() {
        return Details.listed(window.details(),
                Details.when(reduction == Reduction.MEAN && countsPadding, "count_padding"));
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        boolean isCloseEnough = window.dilationHeight() == 1 && window.dilationWidth() == 1;
        if (!window.alwaysMeetsImage() || !(input.flat() || isCloseEnough || window.alwaysTaps(input))) {
            throw new ShapeException(DiagnosticCode.E201, "has windows that lie wholly in the padding",
                    "use less padding than the window's size", "padding");
        }
        return window.slideOver(input, input.channels());
    }

    /** To a maximum, zeros are values, and padding is none; a mean counts either all padding or none. */
    @Override
    public Optional<Op> withZerosAround(Padding zeros) {
        Window padded = window.withMorePadding(zeros);
        boolean countsAllOrNone = countsPadding || window.padding().equals(Padding.NONE);
        boolean exact = reduction == Reduction.MEAN && countsAllOrNone && padded.alwaysMeetsImage();
        return exact ? Optional.of(new Pool2d(Reduction.MEAN, padded, true)) : Optional.empty();
    }
}
