package io.xceptionc.runtime.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/**
 * Red, green and blue of four inks that are stored inverted, as Adobe's programs store them.
 *
 * <p>Source: Pillow, {@code src/PIL/JpegImagePlugin.py} (rawmode {@code CMYK;I}) and {@code src/libImaging/Convert.c},
 * {@code cmyk2rgb}; libjpeg, {@code jdcolor.c}, {@code ycck_cmyk_convert}.
 */
final class InkPicture {

    private static final int FRACTION_BITS = 16;
    private static final int HALF = 1 << (FRACTION_BITS - 1);

    private InkPicture() {}

    /** Of a raster of cyan, magenta, yellow and black, or of luma, chroma and black. */
    static BufferedImage of(Raster inks, boolean ycck) throws PictureException {
        if (inks.getNumBands() != 4) {
            throw PictureException.damaged("it has " + inks.getNumBands() + " inks");
        }
        int width = inks.getWidth();
        BufferedImage picture = new BufferedImage(width, inks.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] colours = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        int[] row = new int[width * 4];
        int target = 0;
        for (int y = 0; y < inks.getHeight(); y++) {
            inks.getPixels(inks.getMinX(), inks.getMinY() + y, width, 1, row);
            for (int i = 0; i < row.length; i += 4) {
                if (ycck) {
                    toInks(row, i);
                }
                int light = row[i + 3]; // inverted black
                colours[target++] = (byte) lit(row[i + 2], light);
                colours[target++] = (byte) lit(row[i + 1], light);
                colours[target++] = (byte) lit(row[i], light);
            }
        }
        return picture;
    }

    /** The light that is left by an ink, which is stored inverted. */
    private static int lit(int invertedInk, int light) {
        int product = (255 - invertedInk) * light + 128;
        return Math.clamp(light - (((product >> 8) + product) >> 8), 0, 255);
    }

    private static void toInks(int[] row, int start) {
        int luma = row[start];
        int blue = row[start + 1] - 128;
        int red = row[start + 2] - 128;
        row[start] = invert(luma + ((91881 * red + HALF) >> FRACTION_BITS));
        row[start + 1] = invert(luma + ((-22554 * blue - 46802 * red + HALF) >> FRACTION_BITS));
        row[start + 2] = invert(luma + ((116130 * blue + HALF) >> FRACTION_BITS));
    }

    private static int invert(int level) {
        return Math.clamp(255 - level, 0, 255);
    }
}
