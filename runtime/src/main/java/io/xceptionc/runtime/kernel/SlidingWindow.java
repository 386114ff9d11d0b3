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
        int paddingLeft) {}
