package io.xceptionc.compiler.emit.pack;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.runtime.kernel.ChannelGroups;
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

    private ChannelGroups channels() {
        return new ChannelGroups(groups, kernel.dimension(2), kernel.dimension(3));
    }

    private int firstColumn() {
        return panel * ImageLayout.CHANNELS;
    }

    private int firstChannel() {
        return channels().firstChannel(panel);
    }

    private int channelCount() {
        return channels().channelCount(panel);
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
        ChannelGroups channels = channels();
        int channelsOfGroup = kernel.dimension(2);
        int columns = kernel.dimension(3);
        for (int tap = 0; tap < kernel.dimension(0) * kernel.dimension(1); tap++) {
            for (int channel = firstChannel(); channel < firstChannel() + channelCount(); channel++) {
                for (int column = first; column < first + Product.STRIP_COLUMNS; column++) {
                    boolean seen = column < columns && channels.sees(column, channel);
                    target.putFloat(
                            seen ? values[(tap * channelsOfGroup + channel % channelsOfGroup) * columns + column] : 0);
                }
            }
        }
    }
}
