package io.xceptionc.runtime.image;

import java.awt.image.BufferedImage;

/** The colours that {@code BufferedImage.getRGB} gives, for the storage forms that no other source reads. */
final class ConvertedRows implements RowSource {
    private final BufferedImage picture;
    private final int[] colours;

    ConvertedRows(BufferedImage picture) {
        this.picture = picture;
        this.colours = new int[picture.getWidth()];
    }

    @Override
    public int width() {
        return colours.length;
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public void read(int rowIndex, byte[] levels) {
        picture.getRGB(0, rowIndex, width(), 1, colours, 0, width());
        for (int x = 0; x < width(); x++) {
            levels[3 * x] = (byte) (colours[x] >> 16);
            levels[3 * x + 1] = (byte) (colours[x] >> 8);
            levels[3 * x + 2] = (byte) colours[x];
        }
    }
}
