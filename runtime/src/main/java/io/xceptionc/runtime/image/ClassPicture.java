package io.xceptionc.runtime.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;

/**
 * Pictures of classes, in the colours of PASCAL VOC: those of the bits of a class's number, so that they never change
 * and neighbours are far apart.
 *
 * <p>Source: PASCAL VOC development kit, {@code VOClabelcolormap.m}: of a number's bits the first, fourth, seventh are
 * the highest bits of red, the second, fifth, eighth those of green, the third and sixth those of blue.
 */
public final class ClassPicture {

    /** The index of a pixel that is of no class; VOC calls it void. */
    public static final int UNSEEN = 255;

    private static final int COLOURS = 256;
    private static final int BITS_OF_A_COLOUR = 3;
    private static final IndexColorModel MODEL = model();

    private ClassPicture() {}

    /** Returns the colour of a class from 0 to 255, {@code 0xRRGGBB}. */
    public static int colour(int index) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int bit = 0; bit * BITS_OF_A_COLOUR < Byte.SIZE; bit++) {
            int bits = index >> (bit * BITS_OF_A_COLOUR);
            int place = Byte.SIZE - 1 - bit;
            red |= (bits & 1) << place;
            green |= (bits >> 1 & 1) << place;
            blue |= (bits >> 2 & 1) << place;
        }
        return red << 16 | green << 8 | blue;
    }

    private static IndexColorModel model() {
        int[] colours = new int[COLOURS];
        for (int index = 0; index < COLOURS; index++) {
            colours[index] = colour(index);
        }
        return new IndexColorModel(Byte.SIZE, COLOURS, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    /**
     * Returns an indexed picture of classes, which are copied.
     *
     * @param classes {@code [height, width]}, unsigned
     */
    public static BufferedImage indexed(byte[] classes, int height, int width) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, MODEL);
        byte[] pixels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        System.arraycopy(classes, 0, pixels, 0, pixels.length);
        return picture;
    }

    /**
     * Returns a picture with the colours of classes over it, the mean of both at each pixel, rounded half up; where
     * class 0 or {@link #UNSEEN} is, the picture's own, as {@link ImageTensor} reads it.
     *
     * @param classes {@code [height, width]}, unsigned
     * @throws IllegalArgumentException when the picture has another size
     */
    public static BufferedImage over(BufferedImage picture, byte[] classes, int height, int width) {
        if (picture.getHeight() != height || picture.getWidth() != width) {
            throw new IllegalArgumentException("a picture of %d x %d pixels is not as large as classes of %d x %d"
                    .formatted(picture.getWidth(), picture.getHeight(), width, height));
        }
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        RowSource rows = RowSource.of(picture, Channels.RGB);
        byte[] levels = new byte[3 * width];
        int[] colours = new int[width];
        for (int y = 0; y < height; y++) {
            rows.read(y, levels);
            for (int x = 0; x < width; x++) {
                int own = Byte.toUnsignedInt(levels[3 * x]) << 16 | Byte.toUnsignedInt(levels[3 * x + 1]) << 8
                        | Byte.toUnsignedInt(levels[3 * x + 2]);
                int index = Byte.toUnsignedInt(classes[y * width + x]);
                colours[x] = index == 0 || index == UNSEEN ? own : mean(own, colour(index));
            }
            result.getRaster().setDataElements(0, y, width, 1, colours);
        }
        return result;
    }

    /** Returns the mean of each of three bytes, rounded half up. */
    private static int mean(int first, int second) {
        int mean = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int sum = (first >> shift & 0xff) + (second >> shift & 0xff);
            mean |= ((sum + 1) / 2) << shift;
        }
        return mean;
    }
}
