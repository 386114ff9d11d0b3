package io.xceptionc.runtime.kernel;

import java.util.Arrays;

/**
 * Where the pixels of an image lie, in bytes from its block's first pixel, in the order of rows; after the last one the spare
 * pixel, for what a tile has too many. With it a tile needs neither know where rows end nor divide.
 */
public final class PixelOffsets {

    private final int[] offsets;

    /**
     * Of an image, or of nothing.
     *
     * @throws ArithmeticException if a block has 2 GiB or more
     */
    PixelOffsets(ImageLayout layout) {
        offsets = new int[layout.pixelCount() + Frame.LARGEST_TILE];
        int pixel = 0;
        for (int y = 0; y < layout.height(); y++) {
            int row = Math.toIntExact(y * layout.rowBytes());
            for (int x = 0; x < layout.width(); x++) {
                offsets[pixel] = row + x * (int) layout.pixelBytes();
                pixel++;
            }
        }
        long before = layout.origin(0) - layout.byteOffset();
        Arrays.fill(offsets, pixel, offsets.length,
                Math.toIntExact(layout.blockBytes() - layout.spare() * layout.pixelBytes() - before));
    }

    /** The offsets; not to be changed. */
    int[] array() {
        return offsets;
    }
}
