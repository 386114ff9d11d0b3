package io.xceptionc.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Which channels the blocks of a convolution with groups see: the first filters see the first channels, and none of the
 * others.
 *
 * @param count the number of groups
 * @param channelsOfGroup input channels of a group
 * @param filters output channels of all groups
 */
public record ChannelGroups(int count, int channelsOfGroup, int filters) {

    /** Where in the sums of a part their total is, a vector of it; behind those of the largest tile. */
    public static final int TOTAL = Frame.LARGEST_TILE * ImageLayout.CHANNELS;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private int filtersOfGroup() {
        return filters / count;
    }

    /** How many blocks the output has. */
    public int blockCount() {
        return Math.ceilDiv(filters, ImageLayout.CHANNELS);
    }

    /** The first input channel that a filter of an output's block sees. */
    public int firstChannel(int block) {
        return block * ImageLayout.CHANNELS / filtersOfGroup() * channelsOfGroup;
    }

    /** How many input channels the filters of an output's block see together. */
    public int channelCount(int block) {
        int lastFilter = Math.min((block + 1) * ImageLayout.CHANNELS, filters) - 1;
        return (lastFilter / filtersOfGroup() + 1) * channelsOfGroup - firstChannel(block);
    }

    /** Whether a filter sees an input channel. */
    public boolean sees(int filter, int channel) {
        return filter / filtersOfGroup() == channel / channelsOfGroup;
    }

    /** Whether filters of several groups stand in one block. */
    public boolean mixInBlocks() {
        return count > 1 && filtersOfGroup() % ImageLayout.CHANNELS != 0;
    }

    /** Whether one of the sums that were added up is no number. */
    public static boolean lackNumber(float[] sums, int lanes) {
        float total = 0;
        for (int lane = 0; lane < lanes; lane++) {
            total += sums[TOTAL + lane];
        }
        return Float.isNaN(total);
    }

    /**
     * Computes the sums of a tile, {@code [pixel][32]}, as a tile does, one fused multiply-add at a time in the order
     * of depth, but of what each filter sees alone. A tile multiplies all else with zeros, which is nothing as long as
     * it is finite.
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
        int block = product.block(panel);
        long strip = product.weights(panel) + column / Product.STRIP_COLUMNS * product.stripBytes();
        float sum = 0;
        for (int k = 0; k < product.depth(); k++) {
            if (sees(block * ImageLayout.CHANNELS + column, firstChannel(block) + k % channelCount(block))) {
                int weight = k * Product.STRIP_COLUMNS + column % Product.STRIP_COLUMNS;
                sum = Math.fma(rows[row + k], constants.get(FLOAT, strip + (long) weight * Float.BYTES), sum);
            }
        }
        return sum;
    }
}
