package io.xceptionc.compiler.foreign;

import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.spec.InputSpec.Scaling;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What a model of another tool computes of its input before anything else, {@code x * scale + offset}: of the arrays
 * that the tool takes.
 *
 * @param channels one for each channel; none if the model does nothing of this kind
 */
public record FileScaling(List<Linear> channels) {

    /** Nothing. */
    public static final FileScaling NONE = new FileScaling(List.of());

    /** The largest number that is still thought to be one of 0 to 1. */
    private static final double MOST_OF_UNIT = 2;

    public FileScaling {
        channels = List.copyOf(channels);
    }

    /** Of a number of channels that are left as they are. */
    public static FileScaling identity(int channels) {
        return of(1, 0, channels);
    }

    /** The same for each of a number of channels. */
    public static FileScaling of(double scale, double offset, int channels) {
        return new FileScaling(Collections.nCopies(channels, new Linear(scale, offset)));
    }

    /** This one and then another, of as many channels. */
    public FileScaling then(FileScaling next) {
        return new FileScaling(IntStream.range(0, channels.size())
                .mapToObj(c -> then(channels.get(c), next.channels.get(c))).toList());
    }

    private static Linear then(Linear first, Linear next) {
        return new Linear(first.scale() * next.scale(), first.offset() * next.scale() + next.offset());
    }

    /** Whether there is nothing to scale. */
    public boolean isNone() {
        return channels.isEmpty();
    }

    /** Whether all numbers are of no greater magnitude. */
    public boolean isWithin(double greatest) {
        return channels.stream().allMatch(
                channel -> Math.abs(channel.scale()) <= greatest && Math.abs(channel.offset()) <= greatest);
    }

    /**
     * Whether the array is likely one of 0 to 255, not of 0 to 1: mean and deviation, {@code -offset / scale} and
     * {@code 1 / scale}, are then those of such numbers.
     */
    public boolean isOfLevels() {
        return channels.stream()
                .anyMatch(channel -> !((Math.abs(channel.offset()) + 1) / Math.abs(channel.scale()) <= MOST_OF_UNIT));
    }

    /** How a picture likely becomes such an array. */
    public Pictures likelyPictures() {
        return pictures(isOfLevels() ? Scaling.IDENTITY : new Linear(1 / 255.0, 0));
    }

    /** How a picture becomes an array of its pixels. */
    public Pictures picturesOfLevels() {
        return pictures(Scaling.IDENTITY);
    }

    private Pictures pictures(Scaling scaling) {
        return new Pictures("bilinear", OptionalInt.empty(), channels.size() == 1 ? "grey" : "rgb",
                Collections.nCopies(channels.size(), scaling));
    }
}
