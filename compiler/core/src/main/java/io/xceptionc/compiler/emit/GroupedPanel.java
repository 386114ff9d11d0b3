package io.xceptionc.compiler.emit;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Product;
import java.nio.ByteBuffer;

/**
 * The 32 columns of a panel of a convolution with groups, and the input channels that they see.
 *
 * @param kernel HWIO, {@code [height, width, channels of a group, columns]}
 * @param groups the number of groups
 * @param panel which panel
 */
public record GroupedPanel(Tensor kernel, int groups, int panel) {

    /** How many columns a group has. */
    public int columnsOfGroup() {
        return kernel.dimension(3) / groups;
    }

    /** How many input channels a group has. */
    public int channelsOfGroup() {
        return kernel.dimension(2);
    }

    /** The first column of the panel. */
    public int firstColumn() {
        return panel * ImageLayout.CHANNELS;
    }

    /** Whether the panel's columns are of several groups. */
    public boolean mixesGroups() {
        return firstColumn() / columnsOfGroup() != lastColumn() / columnsOfGroup();
    }

    private int lastColumn() {
        return Math.min(firstColumn() + ImageLayout.CHANNELS, kernel.dimension(3)) - 1;
    }

    /** The first input channel that a column of the panel sees. */
    public int firstChannel() {
        return firstColumn() / columnsOfGroup() * kernel.dimension(2);
    }

    /** How many input channels the panel's columns see together. */
    public int channelCount() {
        return (lastColumn() / columnsOfGroup() + 1) * kernel.dimension(2) - firstChannel();
    }

    /** The panel's rows. */
    public int depth() {
        return kernel.dimension(0) * kernel.dimension(1) * channelCount();
    }

    /** Writes {@code [strip][tap][channel][16]}. */
    void fill(ByteBuffer target) {
        for (int column = firstColumn(); column < firstColumn() + ImageLayout.CHANNELS;
                column += Product.STRIP_COLUMNS) {
            fillStrip(column, target);
        }
    }

    private void fillStrip(int first, ByteBuffer target) {
        float[] values = kernel.values();
        int channelsOfGroup = channelsOfGroup();
        int columns = kernel.dimension(3);
        for (int tap = 0; tap < kernel.dimension(0) * kernel.dimension(1); tap++) {
            for (int channel = firstChannel(); channel < firstChannel() + channelCount(); channel++) {
                for (int column = first; column < first + Product.STRIP_COLUMNS; column++) {
                    boolean seen = column < columns && column / columnsOfGroup() == channel / channelsOfGroup;
                    target.putFloat(
                            seen ? values[(tap * channelsOfGroup + channel % channelsOfGroup) * columns + column] : 0);
                }
            }
        }
    }
}
