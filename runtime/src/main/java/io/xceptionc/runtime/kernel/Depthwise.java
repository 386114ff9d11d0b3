package io.xceptionc.runtime.kernel;

/**
 * A depthwise convolution: where its weights are and how its window slides.
 *
 * @param input what it reads; its border is at least the padding
 * @param taps where in the constants the kernel begins: {@code [block][tap][32]}
 * @param bias where in the constants the bias begins: {@code [block][32]}
 * @param outputWidth columns of the result
 * @param strideHeight rows between two positions
 * @param strideWidth columns between two positions
 * @param dilationHeight rows between two taps
 * @param dilationWidth columns between two taps
 * @param paddingTop rows of padding above
 * @param paddingLeft columns of padding before
 * @param inputFloor what smaller inputs are taken for: 0 to rectify, else negative infinity
 * @param floor the least value of the result
 * @param ceiling the greatest value of the result
 */
public record Depthwise(
        ImageLayout input,
        long taps,
        long bias,
        int outputWidth,
        int strideHeight,
        int strideWidth,
        int dilationHeight,
        int dilationWidth,
        int paddingTop,
        int paddingLeft,
        float inputFloor,
        float floor,
        float ceiling) {

    /** The same by a window. */
    public Depthwise(ImageLayout input, long taps, long bias, int outputWidth, SlidingWindow window, float inputFloor,
            float floor, float ceiling) {
        this(input, taps, bias, outputWidth, window.strideHeight(), window.strideWidth(), window.dilationHeight(),
                window.dilationWidth(), window.paddingTop(), window.paddingLeft(), inputFloor, floor, ceiling);
    }

    /** The first byte under the window's first tap, for a block's output pixel. */
    public long source(int block, int y, int x) {
        return input.origin(block, paddingTop, paddingLeft) + (long) y * strideHeight * input.rowBytes()
                + (long) x * strideWidth * input.pixelBytes();
    }
}
