package io.xceptionc.runtime.kernel;

/**
 * Which channels the blocks of a convolution with groups see: the first filters see the first channels, and none of the others.
 *
 * @param count the number of groups
 * @param channelsOfGroup input channels of a group
 * @param filters output channels of all groups
 */
public record ChannelGroups(int count, int channelsOfGroup, int filters) {

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
}
