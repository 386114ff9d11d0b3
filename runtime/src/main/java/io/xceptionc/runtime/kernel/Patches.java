package io.xceptionc.runtime.kernel;

import java.util.Arrays;

/**
 * How the image is cut into the rows of a convolution's left factor: for each pixel of the result the inputs under its
 * window, {@code [kernelHeight][kernelWidth][channels]}.
 *
 * @param input what it reads; its border is at least the padding
 * @param firstChannel the first channel it takes
 * @param channelCount how many channels it takes
 * @param outputWidth columns of the result
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideHeight rows between two positions
 * @param strideWidth columns between two positions
 * @param dilationHeight rows between two taps
 * @param dilationWidth columns between two taps
 * @param paddingTop rows of padding above
 * @param paddingLeft columns of padding before
 * @param inputFloor what smaller inputs are taken for: 0 to rectify, else negative infinity
 */
public record Patches(
        ImageLayout input,
        int firstChannel,
        int channelCount,
        int outputWidth,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int dilationHeight,
        int dilationWidth,
        int paddingTop,
        int paddingLeft,
        float inputFloor) {

    /** The same by a window. */
    public Patches(ImageLayout input, int firstChannel, int channelCount, int outputWidth, SlidingWindow window,
            float inputFloor) {
        this(input, firstChannel, channelCount, outputWidth, window.kernelHeight(), window.kernelWidth(),
                window.strideHeight(), window.strideWidth(), window.dilationHeight(), window.dilationWidth(),
                window.paddingTop(), window.paddingLeft(), inputFloor);
    }

    /** What each block of a convolution with groups sees, of these patches with all channels. */
    public Patches[] ofBlocks(ChannelGroups groups) {
        Patches[] blocks = new Patches[groups.blockCount()];
        Arrays.setAll(blocks, block -> withChannels(groups.firstChannel(block), groups.channelCount(block)));
        return blocks;
    }

    private Patches withChannels(int first, int count) {
        return new Patches(input, first, count, outputWidth, kernelHeight, kernelWidth, strideHeight, strideWidth,
                dilationHeight, dilationWidth, paddingTop, paddingLeft, inputFloor);
    }

    /** The first byte under the window's first tap, for the block of an output pixel. */
    public long source(int block, int y, int x) {
        return input.origin(block, paddingTop, paddingLeft) + (long) y * strideHeight * input.rowBytes()
                + (long) x * strideWidth * input.pixelBytes();
    }
}
