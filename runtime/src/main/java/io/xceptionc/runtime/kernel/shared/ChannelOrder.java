package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Winograd;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Which channel each channel of a result is. A class, not a record, as kernels read its array and nobody may write to
 * it.
 */
public final class ChannelOrder {

    /** The most channels that an image may have whose order changes: half of what the sums of a thread hold. */
    public static final int MOST_CHANNELS = Winograd.COMPONENTS * Winograd.COMPONENT_SUMS / 2;

    private final int[] sources;

    private ChannelOrder(int[] sources) {
        this.sources = sources;
    }

    /** By a function from the channels of the result, as many as given, to those of the input. */
    public static ChannelOrder of(int channels, IntUnaryOperator source) {
        int[] sources = new int[Math.ceilDiv(channels, ImageLayout.CHANNELS) * ImageLayout.CHANNELS];
        Arrays.setAll(sources, channel -> channel < channels ? source.applyAsInt(channel) : 0);
        if (sources.length > MOST_CHANNELS
                || Arrays.stream(sources).anyMatch(channel -> channel < 0 || channel >= MOST_CHANNELS)) {
            throw new IllegalArgumentException("no order of channels: " + Arrays.toString(sources));
        }
        return new ChannelOrder(sources);
    }

    /** {@code [groups][channels / groups] -> [channels / groups][groups]}: ShuffleNet's channel shuffle. */
    public static ChannelOrder shuffle(int channels, int groups) {
        return of(channels, channel -> channel % groups * (channels / groups) + channel / groups);
    }

    /** Each channel several times in a row. */
    public static ChannelOrder repeat(int channels, int count) {
        return of(channels * count, channel -> channel / count);
    }

    /** Every step-th channel from the first one on: one phase of PyTorch's pixel shuffle. */
    public static ChannelOrder every(int channels, int first, int step) {
        return of(channels, channel -> first + channel * step);
    }

    /** For each channel of the result, up to whole blocks, that of the input. */
    int[] sources() {
        return sources;
    }
}
