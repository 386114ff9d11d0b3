package io.xceptionc.runtime.image;

import java.util.List;
import java.util.Objects;

/**
 * How a picture becomes an array {@code [height, width, channels]} for a model, NHWC without the batch, float32.
 *
 * <p>The steps, in order: colour to {@link Channels#GREY} where asked for; resizing and cropping; the order of the
 * channels; the scaling of each channel. {@link ImageTensor} carries them out.
 *
 * @param height of the network's input, from 1 to {@value #MAXIMUM_SIDE}
 * @param width of the network's input, from 1 to {@value #MAXIMUM_SIDE}
 * @param channels the last dimension of the network's input
 * @param resize how the picture is brought to height and width
 * @param interpolation how a resized pixel is computed
 * @param scaling one for each channel, in the order of {@code channels}: of BGR, the first is that of blue
 */
public record Preprocessing(
        int height,
        int width,
        Channels channels,
        Resize resize,
        Interpolation interpolation,
        List<ChannelScaling> scaling) {
    /** The longest side of a network's input, and the longest that a shorter side can be resized to. */
    public static final int MAXIMUM_SIDE = 8192;

    /**
     * Copies {@code scaling}.
     *
     * @throws IllegalArgumentException when height or width is out of range, or the number of scalings is not that of
     *     the channels
     */
    public Preprocessing {
        requireSide("height", height);
        requireSide("width", width);
        Objects.requireNonNull(channels, "channels");
        Objects.requireNonNull(resize, "resize");
        Objects.requireNonNull(interpolation, "interpolation");
        scaling = List.copyOf(scaling);
        if (scaling.size() != channels.count()) {
            throw new IllegalArgumentException("%s needs %d scalings, one for each channel, not %d"
                    .formatted(channels, channels.count(), scaling.size()));
        }
    }

    /** Returns the number of float32 values, {@code height * width * channels}. */
    public int valueCount() {
        return height * width * channels.count();
    }

    /** Returns the same with another scaling of each channel. */
    public Preprocessing withScaling(List<ChannelScaling> next) {
        return new Preprocessing(height, width, channels, resize, interpolation, next);
    }

    static void requireSide(String name, int pixels) {
        if (pixels < 1 || pixels > MAXIMUM_SIDE) {
            throw new IllegalArgumentException("%s must be from 1 to %d, is %d".formatted(name, MAXIMUM_SIDE, pixels));
        }
    }
}
