package io.xceptionc.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A class that a model sees in an image.
 *
 * @param rank from 1, the likeliest first
 * @param index the class's place in the result
 * @param label its name, its index where the model names none
 * @param score the result's element: a probability where the network ends in softmax
 */
public record Classification(int rank, int index, String label, float score) {

    /**
     * The classes with the greatest scores, the greatest first; of equal ones the first comes first, and what is no
     * number last.
     *
     * @param result of one image
     * @param count how many are wanted; all if there are fewer
     * @throws IllegalArgumentException if the result is not as long as the signature says
     * @throws ModelException if the model has several outputs
     */
    public static List<Classification> best(float[] result, int count, ModelSignature signature) {
        return best(result, count, signature.theOutput("best(result, count, output)"));
    }

    /**
     * The same of one of a model's outputs.
     *
     * @throws IllegalArgumentException if the result is not as long as the output
     */
    public static List<Classification> best(float[] result, int count, ModelOutput output) {
        if (result.length != output.length()) {
            throw new IllegalArgumentException(
                    "a result of " + result.length + " elements, not " + output.length());
        }
        List<Integer> order = IntStream.range(0, result.length).boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer index) -> Float.isNaN(result[index]) ? Double.POSITIVE_INFINITY : -result[index]))
                .limit(count).toList();
        return IntStream.range(0, order.size())
                .mapToObj(rank -> new Classification(rank + 1, order.get(rank), output.label(order.get(rank)),
                        result[order.get(rank)]))
                .toList();
    }
}
