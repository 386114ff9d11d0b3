package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.ImageLayout;

/**
 * Some pixels of an image and some of their channels, evenly apart: one side of a {@link BoxKernel}'s copy.
 *
 * @param layout where the image lies
 * @param firstRow the first row
 * @param rowStep rows from one to the next
 * @param firstColumn the first column
 * @param columnStep columns from one to the next; 0 for the same one again, negative for backwards
 * @param firstChannel the first channel
 */
public record Grid(ImageLayout layout, int firstRow, int rowStep, int firstColumn, int columnStep, int firstChannel) {

    /** Neighbouring pixels. */
    public Grid(ImageLayout layout, int firstRow, int firstColumn, int firstChannel) {
        this(layout, firstRow, 1, firstColumn, 1, firstChannel);
    }

    /** All of an image. */
    public Grid(ImageLayout layout) {
        this(layout, 0, 0, 0);
    }

    /** The first byte of a channel in a row, counted from the first ones. */
    long offset(int row, int channel) {
        int ofImage = firstChannel + channel;
        return layout.origin(ofImage / layout.blockChannels()) + (long) (firstRow + row * rowStep) * layout.rowBytes()
                + firstColumn * layout.pixelBytes() + ofImage % layout.blockChannels() * 4L;
    }

    /** How many channels from one on stand together. */
    int run(int channel) {
        return layout.blockChannels() - (firstChannel + channel) % layout.blockChannels();
    }

    /** Bytes from a pixel to the next. */
    long pixelStep() {
        return columnStep * layout.pixelBytes();
    }
}
