package io.xceptionc.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The groups of a panel's columns in a convolution with groups. The panel multiplies what a column does not see with zeros, which
 * is nothing as long as it is finite; where it is not, sums are computed anew, each from what its column sees alone.
 *
 * @param firstColumn the panel's first column
 * @param columnsOfGroup how many columns a group has
 * @param firstChannel the first input channel in the matrix rows
 * @param channelCount how many input channels are in them for each tap
 * @param channelsOfGroup how many input channels a group has
 */
public record ColumnGroups(
        int firstColumn,
        int columnsOfGroup,
        int firstChannel,
        int channelCount,
        int channelsOfGroup) {

    /** Where in the sums of a part their total is, a vector of it; behind those of the largest tile. */
    public static final int TOTAL = Frame.LARGEST_TILE * ImageLayout.CHANNELS;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** Whether one of the sums that were added up is no number. */
    public static boolean lackNumber(float[] sums, int lanes) {
        float total = 0;
        for (int lane = 0; lane < lanes; lane++) {
            total += sums[TOTAL + lane];
        }
        return Float.isNaN(total);
    }

    /**
     * Computes the sums of a tile, {@code [pixel][32]}, as a tile does, one fused multiply-add at a time in the order of depth, but
     * without the zeros.
     *
     * @param row where in the rows the first pixel begins
     * @param rowFloats from there to the next
     */
    public void sumAnew(Frame frame, Product product, int panel, int row, int rowFloats, int pixels, int part) {
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int column = 0; column < ImageLayout.CHANNELS; column++) {
                frame.sums(part)[pixel * ImageLayout.CHANNELS + column] = sum(frame.rows(part), row + pixel * rowFloats,
                        frame.constants(), product, panel, column);
            }
        }
    }

    private float sum(float[] rows, int row, MemorySegment constants, Product product, int panel, int column) {
        int group = (firstColumn + column) / columnsOfGroup;
        long strip = product.weights(panel) + column / Product.STRIP_COLUMNS * product.stripBytes();
        float sum = 0;
        for (int k = 0; k < product.depth(); k++) {
            if ((firstChannel + k % channelCount) / channelsOfGroup == group) {
                int weight = k * Product.STRIP_COLUMNS + column % Product.STRIP_COLUMNS;
                sum = Math.fma(rows[row + k], constants.get(FLOAT, strip + (long) weight * Float.BYTES), sum);
            }
        }
        return sum;
    }
}
