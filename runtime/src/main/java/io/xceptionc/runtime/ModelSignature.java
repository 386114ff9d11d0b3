package io.xceptionc.runtime;

import io.xceptionc.runtime.image.Preprocessing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model takes and gives. All values are float32, row-major, in the machine's byte order.
 *
 * @param name the model's name
 * @param batch how many images one run takes
 * @param inputShape {@code [height, width, channels]} of one image
 * @param outputShape {@code [channels]} or {@code [height, width, channels]} of one result
 * @param labels the names of the output's elements; empty if the model names none
 * @param preprocessing how a picture becomes an input; empty if pictures cannot, as with 192 channels
 */
public record ModelSignature(
        String name,
        int batch,
        List<Integer> inputShape,
        List<Integer> outputShape,
        List<String> labels,
        Optional<Preprocessing> preprocessing) {

    public ModelSignature {
        Objects.requireNonNull(name);
        Objects.requireNonNull(preprocessing);
        inputShape = List.copyOf(inputShape);
        outputShape = List.copyOf(outputShape);
        labels = List.copyOf(labels);
        requireElements(batch, inputShape);
        requireElements(batch, outputShape);
        if (!labels.isEmpty() && labels.size() != length(outputShape)) {
            throw new IllegalArgumentException(labels.size() + " labels for " + outputShape);
        }
    }

    private static void requireElements(int batch, List<Integer> shape) {
        boolean counts = batch > 0 && !shape.isEmpty() && shape.stream().allMatch(dimension -> dimension > 0);
        if (!counts || shape.stream().mapToDouble(dimension -> dimension).reduce(batch, (a, b) -> a * b)
                > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a batch of " + batch + " of " + shape + " is none that can be");
        }
    }

    private static int length(List<Integer> shape) {
        int length = 1;
        for (int i = 0; i < shape.size(); i++) { // without an iterator, as each run asks
            length = Math.multiplyExact(length, shape.get(i));
        }
        return length;
    }

    /** Elements of one image. */
    public int inputLength() {
        return length(inputShape);
    }

    /** Elements of one result. */
    public int outputLength() {
        return length(outputShape);
    }

    /** The name of an element of the result, its number where the model names none. */
    public String label(int index) {
        return labels.isEmpty() ? Integer.toString(Objects.checkIndex(index, outputLength())) : labels.get(index);
    }
}
