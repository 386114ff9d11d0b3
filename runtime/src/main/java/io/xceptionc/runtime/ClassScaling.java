package io.xceptionc.runtime;

import io.xceptionc.runtime.image.ClassPicture;
import io.xceptionc.runtime.image.PictureGrid;
import java.util.Arrays;

/**
 * Brings an image of scores to a picture's size and takes the classes there, {@code [rows, columns, channels] ->
 * [height, width]}, bytes: bilinear by half pixels, as in PyTorch's {@code interpolate(mode="bilinear",
 * align_corners=False)} before argmax; of numbers of classes, between which there is nothing, the nearest. Holds one
 * row of scores.
 */
final class ClassScaling {

    private final ModelOutput output;
    private final PixelRule rule;
    private final float[] scores;
    private final PictureGrid grid;
    private final int rows;
    private final int columns;
    private final int channels;
    /**
     * Where each column of the picture lies between the centres of the image's columns; NaN where the model has not
     * seen it.
     */
    private final double[] places;
    /** One row of the image, between two of its rows, {@code [columns, channels]}. */
    private final float[] row;
    private final float[] pixel;

    ClassScaling(ModelOutput output, float[] scores, PictureGrid grid) {
        this.output = output;
        this.scores = scores;
        this.grid = grid;
        rule = output.pixels();
        rows = output.shape().get(0);
        columns = output.shape().get(1);
        channels = output.shape().get(2);
        places = new double[grid.width()];
        for (int x = 0; x < places.length; x++) {
            places[x] = place(grid.column(x, columns), columns);
        }
        row = new float[columns * channels];
        pixel = new float[channels];
    }

    /**
     * From a distance of the image's edge to one of the centre of its first pixel, within those of the first and the
     * last.
     */
    private double place(double position, int count) {
        if (Double.isNaN(position)) {
            return position;
        }
        return rule instanceof PixelRule.ClassNumber
                ? Math.min((int) position, count - 1)
                : Math.clamp(position - 0.5, 0, count - 1);
    }

    byte[] classes() {
        byte[] classes = new byte[Math.multiplyExact(grid.height(), grid.width())];
        for (int y = 0; y < grid.height(); y++) {
            double place = place(grid.row(y, rows), rows);
            int first = y * grid.width();
            if (Double.isNaN(place)) {
                Arrays.fill(classes, first, first + grid.width(), (byte) ClassPicture.UNSEEN);
            } else {
                blendRows(place);
                classifyRow(classes, first);
            }
        }
        return classes;
    }

    private void blendRows(double place) {
        int above = (int) place;
        int upper = above * row.length;
        int lower = Math.min(above + 1, rows - 1) * row.length;
        float weight = (float) (place - above);
        for (int i = 0; i < row.length; i++) {
            row[i] = between(scores[upper + i], scores[lower + i], weight);
        }
    }

    private void classifyRow(byte[] classes, int first) {
        for (int x = 0; x < places.length; x++) {
            double place = places[x];
            if (Double.isNaN(place)) {
                classes[first + x] = (byte) ClassPicture.UNSEEN;
                continue;
            }
            int before = (int) place;
            int left = before * channels;
            int right = Math.min(before + 1, columns - 1) * channels;
            float weight = (float) (place - before);
            for (int channel = 0; channel < channels; channel++) {
                pixel[channel] = between(row[left + channel], row[right + channel], weight);
            }
            classes[first + x] = (byte) ClassMap.requireClasses(output, rule.classOf(pixel, 0, channels));
        }
    }

    private static float between(float first, float second, float weight) {
        return (1 - weight) * first + weight * second;
    }
}
