package io.xceptionc.runtime.kernel;

/**
 * Where a value lies in a session's memory: {@code [block][top + height + bottom][left + width + right][channels of a
 * block]}, float32. A block holds {@value #CHANNELS} channels, so that a pixel of a block fills whole cache lines; the
 * image of few channels that a network starts from may be one block of its own size. The border around the image is
 * zero, so that kernels slide over it without asking where they are. A spare pixel at the end of each block takes what
 * kernels write past the last pixel; a vector has none, so that its elements stand together. The lanes past the last
 * channel hold anything.
 *
 * @param byteOffset where the first block begins
 * @param height rows of the image
 * @param width columns of the image
 * @param channels channels of the image
 * @param blockChannels channels of a block
 * @param top rows of the border above
 * @param bottom rows of the border below
 * @param left columns of the border before
 * @param right columns of the border after
 * @param spare spare pixels of a block: 1, of a vector 0
 */
public record ImageLayout(
        long byteOffset,
        int height,
        int width,
        int channels,
        int blockChannels,
        int top,
        int bottom,
        int left,
        int right,
        int spare) {

    /** Channels of an ordinary block. */
    public static final int CHANNELS = 32;
    /** Bytes of a pixel of an ordinary block. */
    public static final long PIXEL_BYTES = CHANNELS * 4L;

    /** An image in ordinary blocks, from byte 0 on and without a border. */
    public static ImageLayout ofBlocks(int height, int width, int channels) {
        return new ImageLayout(0, height, width, channels, CHANNELS, 0, 0, 0, 0, 1);
    }

    /** An image of few channels, all in one block of its own size, from byte 0 on and without a border. */
    public static ImageLayout ofPixels(int height, int width, int channels) {
        return new ImageLayout(0, height, width, channels, channels, 0, 0, 0, 0, 1);
    }

    /** A vector from byte 0 on. */
    public static ImageLayout ofVector(int channels) {
        return new ImageLayout(0, 1, 1, channels, CHANNELS, 0, 0, 0, 0, 0);
    }

    /** The same within a border of rows and columns. */
    public ImageLayout within(int rowsAbove, int rowsBelow, int columnsBefore, int columnsAfter) {
        return new ImageLayout(byteOffset, height, width, channels, blockChannels, rowsAbove, rowsBelow, columnsBefore,
                columnsAfter, spare);
    }

    /** The number of blocks. */
    public int blockCount() {
        return Math.ceilDiv(channels, blockChannels);
    }

    /** Pixels in the image, without the border. */
    public int pixelCount() {
        return height * width;
    }

    /** Bytes from a pixel to its right neighbour. */
    public long pixelBytes() {
        return blockChannels * 4L;
    }

    /** Bytes from a pixel to the one below. */
    public long rowBytes() {
        return (left + width + right) * pixelBytes();
    }

    /** Bytes from a block to the next, a multiple of 64. */
    public long blockBytes() {
        long bytes = (top + height + bottom) * rowBytes() + spare * pixelBytes();
        return (bytes + 63) & -64;
    }

    /** Bytes of all blocks, and of what a vector may read past the end. */
    public long bytes() {
        return blockCount() * blockBytes() + (blockChannels == CHANNELS ? 0 : PIXEL_BYTES);
    }

    /** The first byte of a block's pixel at row 0, column 0 of the image. */
    public long origin(int block) {
        return byteOffset + block * blockBytes() + top * rowBytes() + left * pixelBytes();
    }

    /** The first byte of a block's pixel at row 0, column 0 as seen by a window with the given padding. */
    public long origin(int block, int paddingTop, int paddingLeft) {
        return origin(block) - paddingTop * rowBytes() - paddingLeft * pixelBytes();
    }

    /** Whether there is a border to keep zero. */
    public boolean hasBorder() {
        return top + bottom + left + right > 0;
    }

    /** Whether two values lie alike, whatever their channels and their places. */
    public boolean hasGeometryOf(ImageLayout other) {
        return at(0).withChannels(1).equals(other.at(0).withChannels(1));
    }

    /** The same at another place. */
    public ImageLayout at(long otherByteOffset) {
        return new ImageLayout(otherByteOffset, height, width, channels, blockChannels, top, bottom, left, right,
                spare);
    }

    /** The same with other channels. */
    public ImageLayout withChannels(int count) {
        return new ImageLayout(byteOffset, height, width, count, blockChannels, top, bottom, left, right, spare);
    }
}
