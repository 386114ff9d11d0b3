package io.xceptionc.cli.predict;

import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.ModelSignature;
import java.util.List;
import java.util.Optional;

/**
 * What a model made of an image.
 *
 * @param input what the image is called
 * @param values the model's output; empty if the image could not be had
 * @param problem why it could not be had, or why its values are no answer; empty if all is well
 * @param milliseconds what the image took to compute
 */
public record Prediction(String input, Optional<float[]> values, String problem, double milliseconds) {

    private static final double SUM_TOLERANCE = 1e-3;

    /** The classes with the greatest values. */
    List<Classification> top(int count, ModelSignature signature) {
        return Classification.best(values.orElseThrow(), count, signature);
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
