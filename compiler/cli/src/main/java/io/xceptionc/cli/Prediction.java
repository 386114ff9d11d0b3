package io.xceptionc.cli;

import io.xceptionc.runtime.ModelSignature;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a model made of an image.
 *
 * @param input what the image is called
 * @param values the model's output; empty if the image could not be had
 * @param problem why it could not be had; empty if it could
 * @param milliseconds what the image took to compute
 */
record Prediction(String input, Optional<float[]> values, String problem, double milliseconds) {

    private static final double SUM_TOLERANCE = 1e-3;

    /**
     * A class among the answers.
     *
     * @param rank from 1, the likeliest first
     * @param index the class's place in the output
     * @param label its name
     * @param value its probability or score
     */
    record Ranked(int rank, int index, String label, float value) {}

    /** The classes with the greatest values; of equal ones the first comes first, and what is no number last. */
    List<Ranked> top(int count, ModelSignature signature) {
        float[] elements = values.orElseThrow();
        List<Integer> order = IntStream.range(0, elements.length).boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer index) -> Float.isNaN(elements[index]) ? Double.POSITIVE_INFINITY : -elements[index]))
                .limit(count).toList();
        return IntStream.range(0, order.size()).mapToObj(rank -> new Ranked(rank + 1, order.get(rank),
                signature.label(order.get(rank)), elements[order.get(rank)])).toList();
    }

    /** Whether the values can be probabilities that exclude each other: none below 0, 1 in total. */
    boolean isDistribution() {
        double sum = 0;
        for (float value : values.orElseThrow()) {
            if (!(value >= 0)) {
                return false;
            }
            sum += value;
        }
        return Math.abs(sum - 1) <= SUM_TOLERANCE;
    }
}
