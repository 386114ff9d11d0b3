package io.xceptionc.cli.predict;

import io.xceptionc.runtime.ClassShare;
import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.ModelOutput;
import java.util.List;
import java.util.Optional;

/**
 * What one of a model's outputs says of an image.
 *
 * @param output which one
 * @param classes the likeliest classes; none if it yields something else
 * @param numbers of an output of numbers, all of them
 * @param shares of an image, the classes with the largest shares of its pixels, the largest first
 * @param isDistribution whether scores are probabilities that exclude each other
 * @param files of an image, where its class map is written, if it is
 */
@SuppressWarnings("ArrayRecordComponent") // as the session wrote them
record Head(
        ModelOutput output,
        List<Classification> classes,
        float[] numbers,
        List<ClassShare> shares,
        boolean isDistribution,
        Optional<MaskFiles> files) {

    private static final double SUM_TOLERANCE = 1e-3;
    private static final int MOST_NUMBERS = 1000;

    Head {
        classes = List.copyOf(classes);
        shares = List.copyOf(shares);
    }

    /** Of an output's values, with so many classes at most. */
    static Head of(ModelOutput output, float[] values, int top, Optional<MaskFiles> files) {
        return switch (output.kind()) {
            case CLASSES -> new Head(output, Classification.best(values, top, output), new float[0], List.of(),
                    isDistribution(values), files);
            case NUMBERS -> new Head(output, List.of(), values, List.of(), true, files);
            case IMAGE -> new Head(output, List.of(), new float[0],
                    output.shares(values).stream().limit(top).toList(), true, files);
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

    /** {@code probability} if its scores are that, else {@code score}. */
    String valueName() {
        return isDistribution ? "probability" : "score";
    }

    /** The numbers that are shown to people: as many as anybody reads. */
    int shownNumbers() {
        return Math.min(numbers.length, MOST_NUMBERS);
    }
}
