package io.xceptionc.runtime.kernel;

/**
 * How the window of a convolution or a pool slides over an image.
 *
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideHeight rows between two positions
 * @param strideWidth columns between two positions
 * @param dilationHeight rows between two taps
 * @param dilationWidth columns between two taps
 * @param paddingTop rows of padding above
 * @param paddingLeft columns of padding before
 */
public record SlidingWindow(
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int dilationHeight,
        int dilationWidth,
        int paddingTop,
        int paddingLeft) {

    /** One that moves pixel by pixel, with neighbouring taps and without padding. */
    public static SlidingWindow of(int kernelHeight, int kernelWidth) {
        return new SlidingWindow(kernelHeight, kernelWidth, 1, 1, 1, 1, 0, 0);
    }

    /** The same with another stride. */
    public SlidingWindow withStride(int rows, int columns) {
        return new SlidingWindow(kernelHeight, kernelWidth, rows, columns, dilationHeight, dilationWidth, paddingTop,
                paddingLeft);
    }

    /** The same with its taps further apart. */
    public SlidingWindow withDilation(int rows, int columns) {
        return new SlidingWindow(kernelHeight, kernelWidth, strideHeight, strideWidth, rows, columns, paddingTop,
                paddingLeft);
    }

    /** The same with padding above and before. */
    public SlidingWindow withPadding(int top, int left) {
        return new SlidingWindow(kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth,
                top,
                left);
    }
}
