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
        boolean countsPadding) {

    /** The same by a window. */
    public Pooling(ImageLayout input, ImageLayout output, SlidingWindow window, boolean countsPadding) {
        this(input, output, window.kernelHeight(), window.kernelWidth(), window.strideHeight(), window.strideWidth(),
                window.dilationHeight(), window.dilationWidth(), window.paddingTop(), window.paddingLeft(),
                countsPadding);
    }

    /**
     * The first byte under the window's first tap, for a block's output pixel; outside the image where the window is
     * cut.
     */
    public long source(int block, int y, int x) {
        return input.origin(block, paddingTop, paddingLeft) + (long) y * strideHeight * input.rowBytes()
                + (long) x * strideWidth * input.pixelBytes();
    }

    /** The first row of the window within the image, for a row of the output. */
    public int firstRowOfWindow(int y) {
        return Math.ceilDiv(Math.max(0, paddingTop - y * strideHeight), dilationHeight);
    }

    /** What follows the last row of the window within the image. */
    public int lastRowOfWindow(int y) {
        int reach = Math.floorDiv(input.height() - 1 - y * strideHeight + paddingTop, dilationHeight) + 1;
        return Math.max(firstRowOfWindow(y), Math.min(kernelHeight, reach));
    }

    /** The first column of the window within the image, for a column of the output. */
    public int firstColumnOfWindow(int x) {
        return Math.ceilDiv(Math.max(0, paddingLeft - x * strideWidth), dilationWidth);
    }

    /** What follows the last column of the window within the image. */
    public int lastColumnOfWindow(int x) {
        int reach = Math.floorDiv(input.width() - 1 - x * strideWidth + paddingLeft, dilationWidth) + 1;
        return Math.max(firstColumnOfWindow(x), Math.min(kernelWidth, reach));
    }

    /**
     * Where to begin with the input so that rows of the output can be computed, at the beginning of a tile: with the
     * whole for the first row.
     */
    public int firstPixel(int y, int tilePixels) {
        return firstPixel(y) / tilePixels * tilePixels;
    }

    /**
     * Where to end with the input so that rows of the output before one can be computed, at the end of a tile: with the
     * whole for all.
     */
    public int lastPixel(int y, int tilePixels) {
        return Math.min(input.pixelCount(), Math.ceilDiv(lastPixel(y), tilePixels) * tilePixels);
    }

    private int firstPixel(int y) {
        return y == 0 ? 0 : Math.clamp((long) y * strideHeight - paddingTop, 0, input.height()) * input.width();
    }

    private int lastPixel(int y) {
        if (y == output.height()) {
            return input.pixelCount();
        }
        long reach = (y - 1L) * strideHeight - paddingTop + (kernelHeight - 1L) * dilationHeight + 1;
        return y == 0 ? 0 : Math.max(firstPixel(y), Math.clamp(reach, 0, input.height()) * input.width());
    }

    /**
     * What follows the last row of the output, of those from one on to before another, that sees no pixel from a given
     * one on.
     */
    public int lastRow(int pixel, int firstY, int lastY) {
        int y = firstY;
        while (y < lastY && lastPixel(y + 1) <= pixel) {
            y++;
        }
        return y;
    }

    /** Whether no row of the window is cut. */
    public boolean isWholeRow(int y) {
        return firstRowOfWindow(y) == 0 && lastRowOfWindow(y) == kernelHeight;
    }

    /** The first column of the output whose window is not cut. */
    public int firstWholeColumn() {
        return Math.min(output.width(), Math.ceilDiv(paddingLeft, strideWidth));
    }

    /** What follows the last column of the output whose window is not cut. */
    public int lastWholeColumn() {
        int reach = input.width() - 1 - (kernelWidth - 1) * dilationWidth + paddingLeft;
        return Math.max(0, Math.min(output.width(), Math.floorDiv(reach, strideWidth) + 1));
    }
}
