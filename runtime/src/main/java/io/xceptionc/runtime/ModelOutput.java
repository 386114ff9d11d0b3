package io.xceptionc.runtime;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One of the results of a model.
 *
 * @param name what the spec calls it; {@value #UNNAMED} where it names none
 * @param kind what its numbers are
 * @param shape {@code [channels]} or {@code [height, width, channels]}, of one image
 * @param labels the names of its elements, or of its channels if it is an image; empty if the model names none. An
 *        image of one channel names its class 1, or all of its classes from 0 on
 * @param pixels how the class of a pixel is read from its channels; of what is no image it says nothing
 */
public record ModelOutput(String name, Kind kind, List<Integer> shape, List<String> labels, PixelRule pixels) {

    /** The name of the one output of a model whose spec names none. */
    public static final String UNNAMED = "output";

    /** What the numbers of a result are. */
    public enum Kind {
        /** A score for each class. */
        CLASSES,
        /** Numbers that mean something each, as an age does. */
        NUMBERS,
        /** A picture, {@code [height, width, channels]}: of several channels, a score for each class at each pixel. */
        IMAGE
    }

    /** With what {@link PixelRule#of} says of pixels. */
    public ModelOutput(String name, Kind kind, List<Integer> shape, List<String> labels) {
        this(name, kind, shape, labels, shape.isEmpty() ? PixelRule.GREATEST : PixelRule.of(shape));
    }

    public ModelOutput {
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(pixels);
        shape = List.copyOf(shape);
        labels = List.copyOf(labels);
        if (shape.isEmpty() || shape.stream().anyMatch(side -> side < 1)
                || shape.stream().mapToDouble(side -> side).reduce(1, (a, b) -> a * b) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("an output of " + shape + " is none that can be");
        }
        if (!labels.isEmpty() && labels.size() != labelled(kind, shape) && !isOneChannel(kind, shape)) {
            throw new IllegalArgumentException(labels.size() + " labels for " + shape);
        }
        if (shape.getLast() > 1 && !pixels.equals(PixelRule.GREATEST)) {
            throw new IllegalArgumentException("pixels of " + shape + " are not told apart by " + pixels);
        }
    }

    /** What a vector or an image is if nothing else is said of it: classes, or an image of more than one pixel. */
    public static Kind kindOf(List<Integer> shape) {
        boolean isVector = shape.subList(0, Math.max(0, shape.size() - 1)).stream().allMatch(side -> side == 1);
        return isVector ? Kind.CLASSES : Kind.IMAGE;
    }

    private static int labelled(Kind kind, List<Integer> shape) {
        return kind == Kind.IMAGE ? shape.getLast() : length(shape);
    }

    private static boolean isOneChannel(Kind kind, List<Integer> shape) {
        return kind == Kind.IMAGE && shape.getLast() == 1;
    }

    static int length(List<Integer> shape) {
        int length = 1;
        for (int i = 0; i < shape.size(); i++) { // without an iterator, as each run asks
            length = Math.multiplyExact(length, shape.get(i));
        }
        return length;
    }

    /** Its elements, of one image. */
    public int length() {
        return length(shape);
    }

    /** The name of an element, which in an image is that of its channel; its number where the model names none. */
    public String label(int index) {
        Objects.checkIndex(index, length());
        if (kind == Kind.IMAGE && !labels.isEmpty()) {
            int channel = index % shape.getLast();
            return labels.size() == shape.getLast() ? labels.get(channel) : Integer.toString(channel);
        }
        return labels.isEmpty() ? Integer.toString(index) : labels.get(index);
    }

    /**
     * The class of each pixel of an image, row by row, by {@link #pixels}: the channel with the greatest score, the
     * first of equal ones; of a single channel, 1 where it is so much or more, else 0, or that number itself.
     *
     * @param result of one image
     * @throws IllegalArgumentException if the result is not as long as the output
     */
    public int[] classMap(float[] result) {
        requireLength(result);
        int channels = shape.getLast();
        int[] classes = new int[result.length / channels];
        for (int pixel = 0; pixel < classes.length; pixel++) {
            classes[pixel] = pixels.classOf(result, pixel * channels, channels);
        }
        return classes;
    }

    void requireLength(float[] result) {
        if (result.length != length()) {
            throw new IllegalArgumentException("a result of " + result.length + " elements, not " + length());
        }
    }

    /**
     * The shares of the classes of {@link #classMap} in an image, the largest first.
     *
     * @param result of one image
     * @throws IllegalArgumentException if the result is not as long as the output
     */
    public List<ClassShare> shares(float[] result) {
        int[] classes = classMap(result);
        long[] counts = new long[1 + IntStream.of(classes).max().orElse(0)];
        for (int one : classes) {
            counts[one]++;
        }
        return ClassShare.of(counts, this);
    }

    /**
     * The name of a class of {@link #classMap}; its number where the model names none. The one label of an image of one
     * channel is that of class 1.
     */
    public String classLabel(int index) {
        if (labels.size() == 1 && isOneChannel(kind, shape) && !pixels.equals(PixelRule.NUMBER)) {
            return index == 1 ? labels.getFirst() : Integer.toString(index);
        }
        return index < labels.size() ? labels.get(index) : Integer.toString(index);
    }

    /** The same with other labels. */
    public ModelOutput withLabels(List<String> next) {
        return new ModelOutput(name, kind, shape, next, pixels);
    }

    /** The same with another way to read the classes of pixels. */
    public ModelOutput withPixels(PixelRule next) {
        return new ModelOutput(name, kind, shape, labels, next);
    }
}
