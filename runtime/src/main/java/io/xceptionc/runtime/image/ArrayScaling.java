package io.xceptionc.runtime.image;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a model does with the values of an array before its network sees them, {@code value * scale + offset} for each
 * channel: nothing, where an array is the network's input as it is.
 *
 * <p> Values are computed in double and rounded once, as those of pictures are: the same values give the same results
 * to the bit.
 *
 * @param channels one for each channel, or none
 */
public record ArrayScaling(List<ChannelScaling> channels) {

    private static final int MOST_IN_WORDS = 3;

    /** Arrays are the network's input as it is. */
    public static final ArrayScaling NONE = new ArrayScaling(List.of());

    /** Takes the scaling of each channel. */
    public ArrayScaling {
        channels = List.copyOf(channels);
    }

    /** Whether arrays are the network's input as it is. */
    public boolean isNone() {
        return channels.isEmpty();
    }

    /**
     * Scales values in their row-major order, channels last. Allocates nothing.
     *
     * @param count how many values, a multiple of the number of channels
     * @throws IndexOutOfBoundsException when one of the segments has not so many
     */
    public void scale(MemorySegment from, long fromByteOffset, MemorySegment to, int count) {
        if (isNone()) {
            MemorySegment.copy(from, fromByteOffset, to, 0, (long) count * Float.BYTES);
        }
        for (int channel = 0; channel < channels.size(); channel++) {
            double scale = channels.get(channel).scale();
            double offset = channels.get(channel).offset();
            for (int i = channel; i < count; i += channels.size()) {
                long byteOffset = (long) i * Float.BYTES;
                float value = from.get(JAVA_FLOAT_UNALIGNED, fromByteOffset + byteOffset);
                to.set(JAVA_FLOAT_UNALIGNED, byteOffset, (float) (value * scale + offset));
            }
        }
    }

    /** Returns the values scaled; the array given stays as it is. */
    public float[] scaled(float[] values) {
        float[] scaled = new float[values.length];
        scale(MemorySegment.ofArray(values), 0, MemorySegment.ofArray(scaled), values.length);
        return scaled;
    }

    /** What an array holds, in a few words such as {@code raw, of which the model computes x * 0.5 - 1}. */
    public String inWords() {
        if (isNone()) {
            return "the network's input as it is";
        }
        boolean alike = channels.stream().distinct().count() == 1;
        return "raw, of which the model computes " + (alike
                ? formula("", channels.getFirst())
                : IntStream.range(0, channels.size()).limit(MOST_IN_WORDS)
                        .mapToObj(channel -> formula(Integer.toString(channel), channels.get(channel)))
                        .collect(Collectors.joining(", ")) + (channels.size() > MOST_IN_WORDS ? " and so on" : ""));
    }

    private static String formula(String channel, ChannelScaling scaling) {
        String sign = scaling.offset() < 0 ? " - " : " + ";
        return "x" + channel + " * " + number(scaling.scale()) + sign + number(Math.abs(scaling.offset()));
    }

    /** With the digits of a float, which people recognise. */
    private static String number(double number) {
        return Objects.toString((float) number).replaceFirst("\\.0$", "");
    }
}
