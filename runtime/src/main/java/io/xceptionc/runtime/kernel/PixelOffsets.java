package io.xceptionc.runtime.kernel;

import java.util.Arrays;

/**
 * Where the pixels of an image lie, in bytes from its block's first pixel; after the last one the spare pixel, for what
 * a tile has too many. With it a tile needs neither know where rows end nor divide.
 */
public final class PixelOffsets {

    private final int[] offsets;

    /** All of them are the spare pixel. */
    private PixelOffsets(ImageLayout layout, int count) {
        offsets = new int[count];
        long before = layout.origin(0) - layout.byteOffset();
        Arrays.fill(offsets,
                Math.toIntExact(layout.blockBytes() - layout.spare() * layout.pixelBytes() - before));
    }

    /**
     * In the order of rows.
     *
     * @throws ArithmeticException if a block has 2 GiB or more
     */
    static PixelOffsets ofRows(ImageLayout layout) {
        PixelOffsets pixels = new PixelOffsets(layout, layout.pixelCount() + Frame.LARGEST_TILE);
        int pixel = 0;
        for (int y = 0; y < layout.height(); y++) {
            int row = Math.toIntExact(y * layout.rowBytes());
            for (int x = 0; x < layout.width(); x++) {
                pixels.offsets[pixel] = row + x * (int) layout.pixelBytes();
                pixel++;
            }
        }
        return pixels;
    }

    /**
     * In squares of 2 x 2 pixels, in the order of rows, each by its rows. What of a square is past the last row or
     * column is the spare pixel.
     *
     * @throws ArithmeticException if a block has 2 GiB or more
     */
    static PixelOffsets ofSquares(ImageLayout layout) {
        int width = Math.ceilDiv(layout.width(), 2);
        int squares = Math.ceilDiv(layout.height(), 2) * width;
        PixelOffsets pixels =
                new PixelOffsets(layout, (squares + Frame.LARGEST_TILE) * Winograd.SQUARE_PIXELS);
        for (int y = 0; y < layout.height(); y++) {
            int row = Math.toIntExact(y * layout.rowBytes());
            for (int x = 0; x < layout.width(); x++) {
                int square = y / 2 * width + x / 2;
                pixels.offsets[square * Winograd.SQUARE_PIXELS + y % 2 * 2 + x % 2] =
                        row + x * (int) layout.pixelBytes();
            }
        }
        return pixels;
    }

    /** The offsets; not to be changed. */
    int[] array() {
        return offsets;
    }
}
