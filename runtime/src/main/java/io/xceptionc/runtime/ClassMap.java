package io.xceptionc.runtime;

import io.xceptionc.runtime.image.ClassPicture;
import io.xceptionc.runtime.image.PictureGrid;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;

/**
 * The class of each pixel, {@code [height, width]}, of which an image {@code [rows, columns, channels]} that a model
 * yields tells: of that image itself, or of the picture that the model was shown. Takes a byte a pixel.
 */
public final class ClassMap {

    /** How many classes a map can tell apart, numbered from 0. */
    public static final int MOST_CLASSES = ClassPicture.UNSEEN;

    /** What stands in the place of a class where a model has not seen the picture, as beside a crop. */
    public static final int UNSEEN = ClassPicture.UNSEEN;

    private final ModelOutput output;
    private final int height;
    private final int width;
    private final byte[] classes;

    private ClassMap(ModelOutput output, int height, int width, byte[] classes) {
        this.output = output;
        this.height = height;
        this.width = width;
        this.classes = classes;
    }

    /**
     * The map of an image itself, {@code [rows, columns, channels] -> [rows, columns]}.
     *
     * @param result of one image, row-major
     * @throws IllegalArgumentException if the result is not as long as the output
     * @throws ModelException if the output is no image or has too many classes, or a value is not finite
     */
    public static ClassMap of(ModelOutput output, float[] result) {
        requireImage(output, result);
        int height = output.shape().get(0);
        int width = output.shape().get(1);
        return of(output, result, PictureGrid.whole(height, width));
    }

    /**
     * The map of a picture, {@code [rows, columns, channels] -> [height, width]}. Each pixel has the scores that lie at
     * its place in the image, bilinear between four, and then the class of these; numbers of classes are taken from the
     * nearest pixel.
     *
     * @param result of one image, row-major
     * @param grid where the picture's pixels lie in the image
     * @throws IllegalArgumentException if the result is not as long as the output
     * @throws ModelException if the output is no image or has too many classes, or a value is not finite
     */
    public static ClassMap of(ModelOutput output, float[] result, PictureGrid grid) {
        requireImage(output, result);
        byte[] classes = new ClassScaling(output, result, grid).classes();
        return new ClassMap(output, grid.height(), grid.width(), classes);
    }

    private static void requireImage(ModelOutput output, float[] result) {
        output.requireLength(result);
        if (output.kind() != ModelOutput.Kind.IMAGE || output.shape().size() != 3) {
            throw new ModelException("output '" + output.name() + "' is no image [height, width, channels] but "
                    + output.shape() + ", so there is no class of each pixel");
        }
        requireClasses(output, output.shape().getLast() - 1);
        for (int i = 0; i < result.length; i++) {
            if (!Float.isFinite(result[i])) {
                throw new ModelException("output '" + output.name() + "' holds " + result[i] + " at element " + i
                        + ", of which no class can be told");
            }
        }
    }

    /** Refuses a class that has no room in a byte. */
    static int requireClasses(ModelOutput output, int greatest) {
        if (greatest >= MOST_CLASSES) {
            throw new ModelException("output '" + output.name() + "' tells class " + greatest
                    + "; a map of classes has room for " + MOST_CLASSES + ", from 0 on");
        }
        return greatest;
    }

    /** The output that it was made of. */
    public ModelOutput output() {
        return output;
    }

    /** The number of rows. */
    public int height() {
        return height;
    }

    /** The number of columns. */
    public int width() {
        return width;
    }

    /**
     * The class of a pixel, or {@link #UNSEEN}.
     *
     * @throws IndexOutOfBoundsException if there is no such pixel
     */
    public int classAt(int row, int column) {
        return Byte.toUnsignedInt(classes[Objects.checkIndex(row, height) * width + Objects.checkIndex(column, width)]);
    }

    /** The shares of the classes that there are among the pixels that were seen, the largest first. */
    public List<ClassShare> shares() {
        long[] pixels = new long[MOST_CLASSES];
        for (byte one : classes) {
            int index = Byte.toUnsignedInt(one);
            if (index != UNSEEN) {
                pixels[index]++;
            }
        }
        return ClassShare.of(pixels, output);
    }

    /**
     * An indexed image of PASCAL VOC's colours, of this size: a pixel's index is its class, or {@link #UNSEEN}.
     * Allocates a byte a pixel.
     */
    public BufferedImage toImage() {
        return ClassPicture.indexed(classes, height, width);
    }

    /**
     * The picture with each class in its colour over it, half and half; where class 0 or nothing is, the picture as it
     * is. Allocates four bytes a pixel.
     *
     * @throws IllegalArgumentException if the picture has not this map's size
     */
    public BufferedImage over(BufferedImage picture) {
        return ClassPicture.over(picture, classes, height, width);
    }
}
