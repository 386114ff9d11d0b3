package io.xceptionc.cli.predict;

import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.ModelOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one of a model's outputs says of an image.
 *
 * @param output which one
 * @param classes the likeliest classes; none if it yields something else
 * @param numbers of an output of numbers, all of them
 * @param shares of an image, the classes with the largest shares of its pixels, the largest first
 * @param isDistribution whether scores are probabilities that exclude each other
 */
@SuppressWarnings("ArrayRecordComponent") // as the session wrote them
record Head(
        ModelOutput output,
        List<Classification> classes,
        float[] numbers,
        List<Share> shares,
        boolean isDistribution) {

    private static final double SUM_TOLERANCE = 1e-3;
    private static final int MOST_NUMBERS = 1000;

    /**
     * How much of an image is of a class: the share of pixels whose greatest channel it is.
     *
     * @param index the channel
     * @param label its name, its number where the model names none
     * @param share of all pixels
     */
    record Share(int index, String label, double share) {}

    Head {
        classes = List.copyOf(classes);
        shares = List.copyOf(shares);
    }

    /** Of an output's values, with so many classes at most. */
    static Head of(ModelOutput output, float[] values, int top) {
        return switch (output.kind()) {
            case CLASSES -> new Head(output, Classification.best(values, top, output), new float[0], List.of(),
                    isDistribution(values));
            case NUMBERS -> new Head(output, List.of(), values, List.of(), true);
            case IMAGE -> new Head(output, List.of(), new float[0], shares(output, values, top), true);
        };
    }

    /** Whether values can be probabilities that exclude each other: none below 0, 1 in total. */
    private static boolean isDistribution(float[] values) {
        double sum = 0;
        for (float value : values) {
            if (!(value >= 0)) {
                return false;
            }
            sum += value;
        }
        return Math.abs(sum - 1) <= SUM_TOLERANCE;
    }

    private static List<Share> shares(ModelOutput output, float[] values, int top) {
        int[] classes = output.classMap(values);
        int count = Math.max(2, output.shape().getLast());
        long[] pixels = new long[count];
        for (int one : classes) {
            pixels[one]++;
        }
        List<Share> shares = new ArrayList<>();
        IntStream.range(0, count).filter(index -> pixels[index] > 0).forEach(index -> shares
                .add(new Share(index, output.classLabel(index), (double) pixels[index] / classes.length)));
        return shares.stream().sorted(Comparator.comparingDouble(Share::share).reversed()).limit(top).toList();
    }

    /** {@code probability} if its scores are that, else {@code score}. */
    String valueName() {
        return isDistribution ? "probability" : "score";
    }

    /** The numbers that are shown to people: as many as anybody reads. */
    int shownNumbers() {
        return Math.min(numbers.length, MOST_NUMBERS);
    }
}
