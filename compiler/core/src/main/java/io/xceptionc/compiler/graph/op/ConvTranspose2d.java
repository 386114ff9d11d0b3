package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Transposed convolution, {@code [h, w, cIn] -> [h', w', cOut]}, float32: each pixel is spread by the kernel over a
 * larger image, {@code y[stride * i + dilation * k - padding, o] += kernel[k, c, o] * x[i, c]} in both directions, and
 * {@code bias[o]} is added. The result has {@code (h - 1) * stride + extent - padding + extra} rows.
 *
 * @param window the kernel, how far apart neighbouring pixels are spread, and with its padding what is cut off at the
 *        sides
 * @param extraHeight rows below, to which fewer taps reach, or none
 * @param extraWidth columns after, to which fewer taps reach, or none
 * @param groups into how many parts channels are split that do not see one another
 * @param kernel {@code [kernelHeight, kernelWidth, cIn, cOut / groups]}
 * @param bias {@code [cOut]}
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html">torch.nn.ConvTranspose2d</a>
 */
public record ConvTranspose2d(
        Window window,
        int extraHeight,
        int extraWidth,
        int groups,
        Tensor kernel,
        Optional<Tensor> bias)
        implements TransientOp {

    /** The largest step: the result is put together from as many phases in each direction. */
    public static final int LARGEST_STRIDE = 64;

    /** The most weights of all phases together: a gigabyte. */
    public static final int MOST_WEIGHTS = 1 << 28;

    public ConvTranspose2d {
        if (groups < 1 || kernel.dimension(2) % groups != 0 || extraHeight < 0 || extraWidth < 0) {
            throw new IllegalArgumentException("channels are no multiple of groups, or less than nothing is added");
        }
    }

    @Override
    public String keyword() {
        return "conv2d_transpose";
    }

    /** The number of channels of the input. */
    public int channelsIn() {
        return kernel.dimension(2);
    }

    /** The number of channels of the result. */
    public int channelsOut() {
        return Math.multiplyExact(kernel.dimension(3), groups);
    }

    @Override
    public String details() {
        return Details.listed(window.details(),
                Details.when(extraHeight > 0 || extraWidth > 0, "output padding " + extraHeight + "x" + extraWidth),
                Details.when(groups > 1, "groups " + groups), Details.when(bias.isPresent(), "bias"));
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        ShapeRules.requireImage(input);
        if (input.channels() % groups != 0) {
            throw new ShapeException(DiagnosticCode.E204,
                    "splits " + input.channels() + " channels into " + groups + " groups",
                    "the number of channels must be a multiple of groups", "groups");
        }
        ShapeRules.requireChannels(input, channelsIn());
        ShapeRules.requireDepth(window.tapCount() * (long) channelsIn());
        if (Math.max(window.strideHeight(), window.strideWidth()) > LARGEST_STRIDE) {
            throw new ShapeException(DiagnosticCode.E205, "has a stride of " + window.strideHeight() + " x "
                    + window.strideWidth() + ", more than " + LARGEST_STRIDE, "use several layers", "stride");
        }
        TensorType result = sized(window, extraHeight, extraWidth, input, channelsOut());
        requirePhases(result);
        return result;
    }

    /** Each phase has a kernel of its own, be it of zeros, and all of them together must fit into memory. */
    private void requirePhases(TensorType result) {
        boolean seesGroups = result.height() >= window.strideHeight() && result.width() >= window.strideWidth();
        double taps = Math.ceil((double) window.extentHeight() / window.strideHeight()) * window.strideHeight()
                * Math.ceil((double) window.extentWidth() / window.strideWidth()) * window.strideWidth();
        double weights = taps * channelsIn() * channelsOut() / (seesGroups ? groups : 1);
        if (weights > MOST_WEIGHTS) {
            throw new ShapeException(DiagnosticCode.E205,
                    "has phases with %.0f weights together, more than %d".formatted(weights, MOST_WEIGHTS),
                    "use a smaller stride or fewer channels", "stride");
        }
    }

    /**
     * What TensorFlow's {@code SAME} cuts off, so that the result has {@code input * stride} rows and columns: the odd
     * one at the end.
     *
     * @see <a href="https://www.tensorflow.org/api_docs/python/tf/nn/conv2d_transpose">TensorFlow, conv2d_transpose</a>
     */
    public static Padding same(Window window) {
        int rows = Math.max(window.extentHeight() - window.strideHeight(), 0);
        int columns = Math.max(window.extentWidth() - window.strideWidth(), 0);
        return new Padding(rows / 2, rows - rows / 2, columns / 2, columns - columns / 2);
    }

    /** What {@code SAME} adds where the kernel is smaller than a step. */
    public static int extraOfSame(int extent, int stride) {
        return Math.max(stride - extent, 0);
    }

    /**
     * The shape of the result.
     *
     * @throws ShapeException if nothing is left of it
     */
    public static TensorType sized(Window window, int extraHeight, int extraWidth, TensorType input, int channels) {
        Padding cut = window.padding();
        long height = (input.height() - 1L) * window.strideHeight() + window.extentHeight() - cut.top() - cut.bottom()
                + extraHeight;
        long width = (input.width() - 1L) * window.strideWidth() + window.extentWidth() - cut.left() - cut.right()
                + extraWidth;
        if (height < 1 || width < 1) {
            throw new ShapeException(DiagnosticCode.E201,
                    "cuts all rows or columns off what it makes of its input, which is " + input,
                    "use less padding", "padding");
        }
        return TensorType.image(ShapeRules.size(height), ShapeRules.size(width), channels);
    }

    @Override
    public List<Tensor> tensors() {
        return Stream.concat(Stream.of(kernel), bias.stream()).toList();
    }

    @Override
    public ConvTranspose2d withTensors(List<Tensor> tensors) {
        return new ConvTranspose2d(window, extraHeight, extraWidth, groups, tensors.getFirst(),
                bias.map(_ -> tensors.getLast()));
    }

    @Override
    public long multiplyAccumulates(List<TensorType> inputs) {
        return (long) inputs.getFirst().pixelCount() * kernel.elementCount();
    }
}
