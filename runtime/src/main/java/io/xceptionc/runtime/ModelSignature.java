package io.xceptionc.runtime;

import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.image.ChannelScaling;
import io.xceptionc.runtime.image.Preprocessing;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a model takes and gives. All values are float32, row-major, in the machine's byte order.
 *
 * <p>
 * An array means the same wherever it is given: to a session, a trace, {@code predict}, {@code verify} or a server. What the model does
 * with it first is its array scaling, which is none unless the spec says otherwise, as those of imported models that scale their input
 * themselves. A picture becomes such an array.
 *
 * @param name the model's name
 * @param batch how many images one run takes
 * @param inputShape {@code [height, width, channels]} of one image
 * @param outputShape {@code [channels]} or {@code [height, width, channels]} of one result
 * @param labels the names of the output's elements; empty if the model names none
 * @param preprocessing how a picture becomes an array; empty if pictures cannot, as with 192 channels
 * @param arrayScaling what the model does with an array before its network sees it
 */
public record ModelSignature(
        String name,
        int batch,
        List<Integer> inputShape,
        List<Integer> outputShape,
        List<String> labels,
        Optional<Preprocessing> preprocessing,
        ArrayScaling arrayScaling) {

    /** With arrays that are the network's input as it is. */
    public ModelSignature(String name, int batch, List<Integer> inputShape, List<Integer> outputShape,
            List<String> labels, Optional<Preprocessing> preprocessing) {
        this(name, batch, inputShape, outputShape, labels, preprocessing, ArrayScaling.NONE);
    }

    public ModelSignature {
        Objects.requireNonNull(name);
        Objects.requireNonNull(preprocessing);
        inputShape = List.copyOf(inputShape);
        outputShape = List.copyOf(outputShape);
        labels = List.copyOf(labels);
        requireElements(batch, inputShape);
        requireElements(batch, outputShape);
        if (!arrayScaling.isNone() && arrayScaling.channels().size() != inputShape.getLast()) {
            throw new IllegalArgumentException(arrayScaling.channels().size() + " scalings for " + inputShape);
        }
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

    /** The same with other labels. */
    public ModelSignature withLabels(List<String> next) {
        return new ModelSignature(name, batch, inputShape, outputShape, next, preprocessing, arrayScaling);
    }

    /**
     * The same of a model whose arrays mean something else; pictures become arrays of that meaning.
     *
     * @throws ModelException if raw values are wanted, but nothing says how they would be scaled
     */
    ModelSignature with(ArrayValues arrays) {
        return switch (arrays) {
            case AS_COMPILED -> this;
            case RAW -> raw();
            case SCALED -> scaled();
        };
    }

    private ModelSignature raw() {
        if (!arrayScaling.isNone()) {
            return this;
        }
        Preprocessing pictures = preprocessing.orElseThrow(() -> new ModelException("model '" + name
                + "' does not say how raw arrays are scaled; open it without asking for raw arrays"));
        List<ChannelScaling> none = Collections.nCopies(pictures.scaling().size(), ChannelScaling.IDENTITY);
        return new ModelSignature(name, batch, inputShape, outputShape, labels,
                Optional.of(pictures.withScaling(none)), new ArrayScaling(pictures.scaling()));
    }

    private ModelSignature scaled() {
        if (arrayScaling.isNone()) {
            return this;
        }
        return new ModelSignature(name, batch, inputShape, outputShape, labels, preprocessing.map(
                pictures -> pictures.withScaling(IntStream.range(0, pictures.scaling().size()).mapToObj(
                        channel -> pictures.scaling().get(channel).then(arrayScaling.channels().get(channel)))
                        .toList())));
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
