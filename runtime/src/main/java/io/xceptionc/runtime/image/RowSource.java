package io.xceptionc.runtime.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;

/**
 * Reads a picture row by row as bytes, {@code [width, channels]}, each a level from 0 to 255.
 *
 * <p>The levels are the stored ones, as in Pillow's {@code convert("RGB")}: colour profiles are not applied, alpha is
 * dropped, and colours that were stored multiplied by alpha are divided by it.
 */
interface RowSource {
    int width();

    /** Returns 3 for red, green, blue, or 1 for grey. */
    int channels();

    /** Writes row {@code rowIndex} to the start of {@code levels}. */
    void read(int rowIndex, byte[] levels);

    /** Returns the rows of {@code picture} as grey levels when {@code channels} is grey, else as red, green, blue. */
    static RowSource of(BufferedImage picture, Channels channels) {
        RowSource colours = colours(picture);
        return channels == Channels.GREY ? new GreyRows(colours) : colours;
    }

    private static RowSource colours(BufferedImage picture) {
        ColorModel model = picture.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return new PaletteRows(picture.getRaster(), palette);
        }
        return StoredRows.accepts(model) ? new StoredRows(picture.getRaster(), model) : new ConvertedRows(picture);
    }
}
