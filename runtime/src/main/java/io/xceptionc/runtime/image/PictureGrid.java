package io.xceptionc.runtime.image;

/**
 * Where the pixels of a picture lie in an image that a network makes of it: the way back through what {@link
 * Preprocessing} has resized, cropped and padded.
 *
 * <p>The image covers the network's input, whatever its own size is. A place is that of a pixel's centre, as a distance
 * from the image's upper or left edge in pixels of the image: the centre of its first pixel lies at 0.5.
 */
public final class PictureGrid {

    private final AxisPlacement vertical;
    private final AxisPlacement horizontal;
    private final int inputHeight;
    private final int inputWidth;

    private PictureGrid(Placement placement, int inputHeight, int inputWidth) {
        this.vertical = placement.vertical();
        this.horizontal = placement.horizontal();
        this.inputHeight = inputHeight;
        this.inputWidth = inputWidth;
    }

    /** Returns the grid of a picture of this size that is brought to a network's input. */
    public static PictureGrid of(int pictureHeight, int pictureWidth, Preprocessing preprocessing) {
        return new PictureGrid(Placement.of(pictureHeight, pictureWidth, preprocessing), preprocessing.height(),
                preprocessing.width());
    }

    /** Returns the grid of a picture of this size that is the network's input, or is resized to it as a whole. */
    public static PictureGrid whole(int height, int width) {
        return new PictureGrid(
                new Placement(AxisPlacement.whole(height, height), AxisPlacement.whole(width, width)), height, width);
    }

    /** Returns the picture's height in pixels. */
    public int height() {
        return vertical.sourceSize();
    }

    /** Returns the picture's width in pixels. */
    public int width() {
        return horizontal.sourceSize();
    }

    /** Returns the place of a row of the picture in an image of so many rows, NaN if the network does not see it. */
    public double row(int y, int imageRows) {
        return place(y, vertical, inputHeight, imageRows);
    }

    /**
     * Returns the place of a column of the picture in an image of so many columns, NaN if the network does not see it.
     */
    public double column(int x, int imageColumns) {
        return place(x, horizontal, inputWidth, imageColumns);
    }

    private static double place(int pixel, AxisPlacement axis, int inputSize, int imageSize) {
        double resized = (pixel + 0.5) * axis.resizedSize() / axis.sourceSize() - axis.windowStart();
        return resized < 0 || resized >= axis.windowSize()
                ? Double.NaN
                : (resized + axis.targetStart()) * imageSize / inputSize;
    }
}
