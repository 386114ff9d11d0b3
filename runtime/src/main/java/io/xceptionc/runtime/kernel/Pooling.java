package io.xceptionc.runtime.kernel;

/**
 * A pooling window over an image.
 *
 * @param input what it reads
 * @param output what it writes
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideHeight rows between two positions
 * @param strideWidth columns between two positions
 * @param dilationHeight rows between two taps
 * @param dilationWidth columns between two taps
 * @param paddingTop rows of padding above
 * @param paddingLeft columns of padding before
 * @param countsPadding whether padding counts as zeros in a mean
 */
public record Pooling(
        ImageLayout input,
        ImageLayout output,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int dilationHeight,
        int dilationWidth,
        int paddingTop,
        int paddingLeft,
        boolean countsPadding) {}
