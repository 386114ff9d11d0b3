package io.xceptionc.runtime.image;

import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** The colours of a picture that stores indices into a palette; an index outside the palette is black. */
final class PaletteRows implements RowSource {
    private final Raster raster;
    private final int[] palette;
    private final int[] indices;

    PaletteRows(Raster raster, IndexColorModel model) {
        this.raster = raster;
        this.palette = new int[model.getMapSize()];
        model.getRGBs(palette);
        this.indices = new int[raster.getWidth()];
    }

    @Override
    public int width() {
        return indices.length;
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public void read(int rowIndex, byte[] levels) {
        raster.getSamples(0, rowIndex, width(), 1, 0, indices);
        for (int x = 0; x < width(); x++) {
            int colour = indices[x] < palette.length ? palette[indices[x]] : 0;
            levels[3 * x] = (byte) (colour >> 16);
            levels[3 * x + 1] = (byte) (colour >> 8);
            levels[3 * x + 2] = (byte) colour;
        }
    }
}
