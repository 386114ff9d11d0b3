package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;

/**
 * How a kernel slides over an image: {@code output = (input + padding - dilation * (kernel - 1) - 1) / stride + 1},
 * rounded down.
 *
 * @param kernelHeight rows of the kernel
 * @param kernelWidth columns of the kernel
 * @param strideHeight rows between two positions
 * @param strideWidth columns between two positions
 * @param dilationHeight rows between two taps of the kernel
 * @param dilationWidth columns between two taps of the kernel
 * @param padding rows and columns added around the image
 */
public record Window(
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int dilationHeight,
        int dilationWidth,
        Padding padding) {

    public Window {
        if (kernelHeight < 1 || kernelWidth < 1 || strideHeight < 1 || strideWidth < 1 || dilationHeight < 1
                || dilationWidth < 1) {
            throw new IllegalArgumentException("sizes of a window are positive");
        }
    }

    /** One pixel at a time. */
    public static final Window POINTWISE = new Window(1, 1, 1, 1, 1, 1, Padding.NONE);

    /** Rows from the first to the last tap. */
    public int extentHeight() {
        return Math.addExact(Math.multiplyExact(dilationHeight, kernelHeight - 1), 1);
    }

    /** Columns from the first to the last tap. */
    public int extentWidth() {
        return Math.addExact(Math.multiplyExact(dilationWidth, kernelWidth - 1), 1);
    }

    /** The number of taps. */
    public int tapCount() {
        return Math.multiplyExact(kernelHeight, kernelWidth);
    }

    /** Whether it looks at single pixels, though not necessarily at all of them. */
    public boolean isPointwise() {
        return tapCount() == 1 && padding.equals(Padding.NONE);
    }

    /** Whether no position lies wholly in the padding. */
    public boolean alwaysMeetsImage() {
        return Math.max(padding.top(), padding.bottom()) < extentHeight()
                && Math.max(padding.left(), padding.right()) < extentWidth();
    }

    /**
     * Whether each position has a tap in an image of so many rows and columns: gaps between taps may hold a small one.
     */
    public boolean alwaysTaps(TensorType image) {
        return alwaysTaps(image.height(), padding.top(), padding.bottom(), kernelHeight, strideHeight, dilationHeight)
                && alwaysTaps(image.width(), padding.left(), padding.right(), kernelWidth, strideWidth, dilationWidth);
    }

    private static boolean alwaysTaps(int size, int before, int after, int taps, int stride, int dilation) {
        int last = size + after - (taps - 1) * dilation - 1;
        for (int start = -before; start <= last; start += stride) {
            int firstInside = start < 0 ? start + Math.ceilDiv(-start, dilation) * dilation : start;
            if (firstInside >= size || firstInside > start + (taps - 1) * dilation) {
                return false;
            }
        }
        return true;
    }

    /** The same with other padding. */
    public Window withPadding(Padding other) {
        return new Window(kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, other);
    }

    /** The same with more padding. */
    Window withMorePadding(Padding added) {
        return withPadding(padding.plus(added));
    }

    /**
     * The size of the result, with the given channels.
     *
     * @throws ShapeException if the kernel is larger than the padded image
     */
    public TensorType slideOver(TensorType image, int channels) {
        ShapeRules.requireImage(image);
        long spareHeight = (long) image.height() + padding.top() + padding.bottom() - extentHeight();
        long spareWidth = (long) image.width() + padding.left() + padding.right() - extentWidth();
        if (spareHeight < 0 || spareWidth < 0) {
            throw new ShapeException(DiagnosticCode.E201,
                    "has a window of %d x %d, its padded input is only %d x %d".formatted(extentHeight(), extentWidth(),
                            spareHeight + extentHeight(), spareWidth + extentWidth()),
                    "use a larger input, more padding or a smaller kernel", "kernel");
        }
        return TensorType.image(ShapeRules.size(spareHeight / strideHeight + 1),
                ShapeRules.size(spareWidth / strideWidth + 1),
                channels);
    }

    /** What differs from a step of one pixel without padding, for people. */
    String details() {
        return Details.listed(kernelHeight + "x" + kernelWidth,
                Details.when(strideHeight > 1 || strideWidth > 1, "stride " + strideHeight + "x" + strideWidth),
                Details.when(dilationHeight > 1 || dilationWidth > 1,
                        "dilation " + dilationHeight + "x" + dilationWidth),
                Details.when(!padding.equals(Padding.NONE), "padding " + padding.details()));
    }
}
