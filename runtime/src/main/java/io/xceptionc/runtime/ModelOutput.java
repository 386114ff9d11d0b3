package io.xceptionc.runtime;

import java.util.List;
import java.util.Objects;

/**
 * One of the results of a model.
 *
 * @param name what the spec calls it; {@value #UNNAMED} where it names none
 * @param kind what its numbers are
 * @param shape {@code [channels]} or {@code [height, width, channels]}, of one image
 * @param labels the names of its elements, or of its channels if it is an image; empty if the model names none
 */
public record ModelOutput(String name, Kind kind, List<Integer> shape, List<String> labels) {

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

    public ModelOutput {
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        shape = List.copyOf(shape);
        labels = List.copyOf(labels);
        if (shape.isEmpty() || shape.stream().anyMatch(side -> side < 1)
                || shape.stream().mapToDouble(side -> side).reduce(1, (a, b) -> a * b) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("an output of " + shape + " is none that can be");
        }
        if (!labels.isEmpty() && labels.size() != labelled(kind, shape)) {
            throw new IllegalArgumentException(labels.size() + " labels for " + shape);
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
        return labels.isEmpty() ? Integer.toString(index) : labels.get(index % labels.size());
    }

    /**
     * The class of each pixel of an image, row by row: the channel with the greatest score, the first of equal ones; of a single channel,
     * 1 where it is 0.5 or more, else 0.
     *
     * @param result of one image
     * @throws IllegalArgumentException if the result is not as long as the output
     */
    public int[] classMap(float[] result) {
        if (result.length != length()) {
            throw new IllegalArgumentException("a result of " + result.length + " elements, not " + length());
        }
        int channels = shape.getLast();
        int[] classes = new int[result.length / channels];
        for (int pixel = 0; pixel < classes.length; pixel++) {
            int first = pixel * channels;
            if (channels == 1) {
                classes[pixel] = result[first] >= 0.5f ? 1 : 0;
            }
            for (int channel = 1; channel < channels; channel++) {
                if (result[first + channel] > result[first + classes[pixel]]) {
                    classes[pixel] = channel;
                }
            }
        }
        return classes;
    }

    /** The name of a class of {@link #classMap}; its number where the model names none, or where there is one channel. */
    public String classLabel(int index) {
        return labels.size() < 2 ? Integer.toString(index) : labels.get(index);
    }

    /** The same with other labels. */
    public ModelOutput withLabels(List<String> next) {
        return new ModelOutput(name, kind, shape, next);
    }
}
