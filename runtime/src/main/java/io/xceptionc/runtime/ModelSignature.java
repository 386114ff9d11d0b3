package io.xceptionc.runtime;

import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.image.ChannelScaling;
import io.xceptionc.runtime.image.Preprocessing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a model takes and gives. All values are float32, row-major, in the machine's byte order.
 *
 * <p> An array means the same wherever it is given: to a session, a trace, {@code predict}, {@code verify} or a server.
 * What the model does with it first is its array scaling, which is none unless the spec says otherwise, as those of
 * imported models that scale their input themselves. A picture becomes such an array.
 *
 * <p> Most models have one output, and are asked what {@link #outputShape} is; those of several are asked for {@link
 * #outputs}, or for {@link #output(String) one of them by its name}.
 *
 * @param name the model's name
 * @param batch how many images one run takes
 * @param inputShape {@code [height, width, channels]} of one image
 * @param outputs what a run yields, in the spec's order; at least one
 * @param preprocessing how a picture becomes an array; empty if pictures cannot, as with 192 channels
 * @param arrayScaling what the model does with an array before its network sees it
 */
public record ModelSignature(
        String name,
        int batch,
        List<Integer> inputShape,
        List<ModelOutput> outputs,
        Optional<Preprocessing> preprocessing,
        ArrayScaling arrayScaling) {

    /**
     * With one output.
     *
     * @param outputShape {@code [channels]} or {@code [height, width, channels]} of one result
     * @param labels the names of the output's elements; empty if the model names none
     */
    public ModelSignature(String name, int batch, List<Integer> inputShape, List<Integer> outputShape,
            List<String> labels, Optional<Preprocessing> preprocessing, ArrayScaling arrayScaling) {
        this(name, batch, inputShape, List.of(unnamed(batch, outputShape, labels)), preprocessing, arrayScaling);
    }

    /** With one output, and arrays that are the network's input as it is. */
    public ModelSignature(String name, int batch, List<Integer> inputShape, List<Integer> outputShape,
            List<String> labels, Optional<Preprocessing> preprocessing) {
        this(name, batch, inputShape, outputShape, labels, preprocessing, ArrayScaling.NONE);
    }

    public ModelSignature {
        Objects.requireNonNull(name);
        Objects.requireNonNull(preprocessing);
        inputShape = List.copyOf(inputShape);
        outputs = List.copyOf(outputs);
        requireElements(batch, inputShape);
        for (ModelOutput output : outputs) {
            requireElements(batch, output.shape());
        }
        if (outputs.isEmpty() || outputs.stream().map(ModelOutput::name).distinct().count() < outputs.size()) {
            throw new IllegalArgumentException("no model has the outputs " + names(outputs));
        }
        if (!arrayScaling.isNone() && arrayScaling.channels().size() != inputShape.getLast()) {
            throw new IllegalArgumentException(arrayScaling.channels().size() + " scalings for " + inputShape);
        }
    }

    private static ModelOutput unnamed(int batch, List<Integer> shape, List<String> labels) {
        requireElements(batch, shape);
        return new ModelOutput(ModelOutput.UNNAMED, ModelOutput.kindOf(shape), shape, labels);
    }

    private static void requireElements(int batch, List<Integer> shape) {
        boolean counts = batch > 0 && !shape.isEmpty() && shape.stream().allMatch(dimension -> dimension > 0);
        if (!counts || shape.stream().mapToDouble(dimension -> dimension).reduce(batch, (a, b) -> a * b)
                > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a batch of " + batch + " of " + shape + " is none that can be");
        }
    }

    private static String names(List<ModelOutput> outputs) {
        return outputs.stream().map(output -> "'" + output.name() + "'").collect(Collectors.joining(", "));
    }

    /**
     * The output of a name.
     *
     * @throws ModelException if there is none of that name
     */
    public ModelOutput output(String outputName) {
        return outputs.get(indexOf(outputName));
    }

    /**
     * The place of an output among all.
     *
     * @throws ModelException if there is none of that name
     */
    public int indexOf(String outputName) {
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).name().equals(outputName)) {
                return i;
            }
        }
        throw new ModelException("model '" + name + "' has no output '" + outputName + "'; its outputs are "
                + names(outputs));
    }

    /** Whether there is one output, so that a result needs no name. */
    public boolean hasOneOutput() {
        return outputs.size() == 1;
    }

    /** Refuses what a model of one output alone can answer, and says what to call in its place. */
    ModelOutput theOutput(String instead) {
        if (!hasOneOutput()) {
            throw new ModelException("model '" + name + "' has " + outputs.size() + " outputs, " + names(outputs)
                    + ", not one; call " + instead);
        }
        return outputs.getFirst();
    }

    /** The one output that is an image. */
    ModelOutput theImage() {
        List<ModelOutput> images = outputs.stream().filter(output -> output.kind() == ModelOutput.Kind.IMAGE).toList();
        if (images.size() != 1) {
            throw new ModelException("model '" + name + "' yields " + (images.isEmpty()
                    ? "no image; its outputs are " + names(outputs)
                    : "several images, " + names(images) + "; call segment(picture, output)"));
        }
        return images.getFirst();
    }

    /**
     * The same with other labels for its one output.
     *
     * @throws ModelException if it has several
     */
    public ModelSignature withLabels(List<String> next) {
        ModelOutput only = theOutput("withLabels(name, labels)");
        return withLabels(only.name(), next);
    }

    /**
     * The same with other labels for one of its outputs.
     *
     * @throws ModelException if there is none of that name
     */
    public ModelSignature withLabels(String outputName, List<String> next) {
        return withOutput(output(outputName).withLabels(next));
    }

    /**
     * The same with another output in the place of the one of its name.
     *
     * @throws ModelException if there is none of that name
     */
    public ModelSignature withOutput(ModelOutput output) {
        List<ModelOutput> changed = new ArrayList<>(outputs);
        changed.set(indexOf(output.name()), output);
        return new ModelSignature(name, batch, inputShape, changed, preprocessing, arrayScaling);
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
        return new ModelSignature(name, batch, inputShape, outputs, Optional.of(pictures.withScaling(none)),
                new ArrayScaling(pictures.scaling()));
    }

    private ModelSignature scaled() {
        if (arrayScaling.isNone()) {
            return this;
        }
        return new ModelSignature(name, batch, inputShape, outputs, preprocessing.map(
                pictures -> pictures.withScaling(IntStream.range(0, pictures.scaling().size()).mapToObj(
                        channel -> pictures.scaling().get(channel).then(arrayScaling.channels().get(channel)))
                        .toList())),
                ArrayScaling.NONE);
    }

    /** Elements of one image. */
    public int inputLength() {
        return ModelOutput.length(inputShape);
    }

    /**
     * {@code [channels]} or {@code [height, width, channels]} of one result.
     *
     * @throws ModelException if the model has several outputs
     */
    public List<Integer> outputShape() {
        return theOutput("output(name).shape()").shape();
    }

    /**
     * The names of the output's elements; empty if the model names none.
     *
     * @throws ModelException if the model has several outputs
     */
    public List<String> labels() {
        return theOutput("output(name).labels()").labels();
    }

    /**
     * Elements of one result.
     *
     * @throws ModelException if the model has several outputs
     */
    public int outputLength() {
        return theOutput("output(name).length()").length();
    }

    /**
     * The name of an element of the result, its number where the model names none.
     *
     * @throws ModelException if the model has several outputs
     */
    public String label(int index) {
        return theOutput("output(name).label(index)").label(index);
    }
}
