package io.xceptionc.runtime.picture;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.WritableRaster;
import java.lang.reflect.Array;

/**
 * A picture as its orientation says, its levels being as they were. Source: EXIF 2.32, 4.6.4, tag 274; Pillow,
 * {@code ImageOps.exif_transpose}.
 */
final class TurnedPicture {

    private TurnedPicture() {}

    /**
     * Turns a picture so that it is upright.
     *
     * @param orientation from 1 to 8
     */
    static BufferedImage of(BufferedImage stored, int orientation) {
        if (orientation == ExifOrientation.NONE) {
            return stored;
        }
        WritableRaster from = stored.getRaster();
        int width = from.getWidth();
        int height = from.getHeight();
        boolean rowsBecomeColumns = orientation >= 5;
        boolean reversed = orientation == 2 || orientation == 3 || orientation >= 7;
        boolean lastFirst = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        WritableRaster to = rowsBecomeColumns
                ? from.createCompatibleWritableRaster(height, width)
                : from.createCompatibleWritableRaster(width, height);
        Object row = null;
        for (int y = 0; y < height; y++) {
            row = from.getDataElements(from.getMinX(), from.getMinY() + y, width, 1, row);
            if (reversed) {
                reverse(row, width);
            }
            int line = lastFirst ? height - 1 - y : y;
            if (rowsBecomeColumns) {
                to.setDataElements(line, 0, 1, width, row);
            } else {
                to.setDataElements(0, line, width, 1, row);
            }
        }
        ColorModel model = stored.getColorModel();
        return new BufferedImage(model, to, model.isAlphaPremultiplied(), null);
    }

    /** Puts the last of so many pixels first, each of which has some elements of an array. */
    private static void reverse(Object row, int pixels) {
        int elements = Array.getLength(row) / pixels;
        Object pixel = Array.newInstance(row.getClass().getComponentType(), elements);
        for (int left = 0, right = pixels - 1; left < right; left++, right--) {
            System.arraycopy(row, left * elements, pixel, 0, elements);
            System.arraycopy(row, right * elements, row, left * elements, elements);
            System.arraycopy(pixel, 0, row, right * elements, elements);
        }
    }
}
