package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;

/**
 * An image that begins as zeros and takes in products of numbers with the rows of a matrix {@code [row, channel]}.
 * These loops take nearly all of the interpreter's time. Each row and each pixel is an array of its own, as HotSpot
 * makes vector operations only of loops that read and write all arrays at the same index.
 */
final class ProductSums {

    /** How many rows are added at once; the sums come in the order of the rows all the same. */
    static final int ROWS_AT_ONCE = 4;

    private final double[][] rows;
    private final double[][] pixels;
    private final TensorType type;

    ProductSums(Tensor matrix, TensorType type) {
        float[] elements = matrix.values();
        this.type = type;
        rows = new double[elements.length / type.channels()][type.channels()];
        for (int row = 0; row < rows.length; row++) {
            for (int channel = 0; channel < type.channels(); channel++) {
                rows[row][channel] = elements[row * type.channels() + channel];
            }
        }
        pixels = new double[type.pixelCount()][type.channels()];
    }

    /**
     * Adds some rows to a pixel, each times a channel of a pixel of another image.
     *
     * @param firstRow the one that goes with that image's channel 0
     * @param channel the first of {@value #ROWS_AT_ONCE} channels, or of fewer at the end
     */
    void add(int pixel, int firstRow, ExactValue other, int otherPixel, int channel) {
        double[] sums = pixels[pixel];
        if (channel + ROWS_AT_ONCE <= other.channels()) {
            int row = firstRow + channel;
            addFour(sums, rows[row], other.at(otherPixel, channel), rows[row + 1], other.at(otherPixel, channel + 1),
                    rows[row + 2], other.at(otherPixel, channel + 2), rows[row + 3],
                    other.at(otherPixel, channel + 3));
            return;
        }
        for (int c = channel; c < other.channels(); c++) {
            addOne(sums, rows[firstRow + c], other.at(otherPixel, c));
        }
    }

    private static void addFour(double[] sums, double[] first, double a, double[] second, double b, double[] third,
            double c, double[] fourth, double d) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i] + first[i] * a + second[i] * b + third[i] * c + fourth[i] * d;
        }
    }

    private static void addOne(double[] sums, double[] row, double factor) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += row[i] * factor;
        }
    }

    /** The sums so far. */
    ExactValue value() {
        ExactValue value = ExactValue.zeros(type);
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            System.arraycopy(pixels[pixel], 0, value.elements(), pixel * type.channels(), type.channels());
        }
        return value;
    }
}
