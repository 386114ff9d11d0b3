package io.xceptionc.examples.http;

import io.xceptionc.runtime.ClassMap;
import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A model that is served: one for all requests, which has one input, {@code input}, and the outputs that its signature
 * names.
 */
final class ServedModel implements AutoCloseable {

    static final String INPUT = "input";
    static final String DATATYPE = "FP32";

    private final CompiledModel model;
    private final ModelSignature signature;

    /** Owns the model. */
    ServedModel(CompiledModel model) {
        this.model = model;
        signature = model.signature();
    }

    /** What the model takes and gives. */
    ModelSignature signature() {
        return signature;
    }

    /**
     * The images of a request, {@code [n, height, width, channels]}.
     *
     * @throws RequestProblem if it does not fit the model
     */
    float[] images(InferenceRequest request) {
        List<String> names = request.inputs().stream().map(InputTensor::name).toList();
        if (!names.equals(List.of(INPUT))) {
            throw wrong("takes one input, '" + INPUT + "'; the request has " + (names.isEmpty() ? "none" : names));
        }
        List<String> given = signature.outputs().stream().map(ModelOutput::name).toList();
        if (!given.containsAll(request.outputs())) {
            throw wrong(
                    (given.size() == 1 ? "gives one output, '" + given.getFirst() + "'" : "gives the outputs " + given)
                            + "; the request asks for " + request.outputs());
        }
        InputTensor input = request.inputs().getFirst();
        if (!input.datatype().equals(DATATYPE)) {
            throw wrong("takes " + DATATYPE + "; the input has the datatype " + input.datatype());
        }
        List<Long> shape = input.shape();
        List<Long> wanted = signature.inputShape().stream().map(Integer::longValue).toList();
        if (shape.size() != wanted.size() + 1 || shape.getFirst() < 1
                || !shape.subList(1, shape.size()).equals(wanted)) {
            throw wrong("takes the shape " + shapeText(signature.inputShape()) + "; the input has " + shape);
        }
        input.strange().ifPresent(value -> {
            throw wrong("takes numbers; the input's data has " + value);
        });
        int values = input.data().size();
        if (values % signature.inputLength() != 0 || values / signature.inputLength() != shape.getFirst()) {
            throw wrong("takes as many values as the shape says; for " + shape + " the input has " + values);
        }
        return input.data().toArray();
    }

    private RequestProblem wrong(String message) {
        return RequestProblem.wrong("model '" + signature.name() + "' " + message);
    }

    private static String shapeText(List<Integer> image) {
        return image.toString().replaceFirst("\\[", "[n, ");
    }

    /** The outputs that a request asks for, in the model's order; all if it names none. */
    List<ModelOutput> outputs(InferenceRequest request) {
        return signature.outputs().stream()
                .filter(output -> request.outputs().isEmpty() || request.outputs().contains(output.name())).toList();
    }

    /**
     * Runs the model on some images, as many in a run as it takes; those that the last run lacks are zero.
     *
     * @param images {@code [n, height, width, channels]}
     * @param wanted the outputs that are wanted
     * @return {@code [n, ...]} of each by its name
     * @throws RequestProblem if a value is no number, and as the place's runs
     */
    SequencedMap<String, float[]> run(float[] images, List<ModelOutput> wanted, RunQueue.Place place) {
        int count = images.length / signature.inputLength();
        SequencedMap<String, float[]> results = new LinkedHashMap<>();
        wanted.forEach(output -> results.put(output.name(), new float[count * output.length()]));
        for (int first = 0; first < count; first += signature.batch()) {
            int start = first * signature.inputLength();
            float[] batch = Arrays.copyOfRange(images, start, start + signature.batch() * signature.inputLength());
            Map<String, float[]> answers = place.run(() -> model.runAll(batch));
            int imagesOfRun = Math.min(signature.batch(), count - first);
            for (ModelOutput output : wanted) {
                System.arraycopy(answers.get(output.name()), 0, results.get(output.name()), first * output.length(),
                        imagesOfRun * output.length());
            }
        }
        wanted.forEach(output -> requireNumbers(output, results.get(output.name())));
        return results;
    }

    /**
     * The likeliest classes of a picture, the likeliest first. The picture is decoded when it is its turn, as it then
     * takes much more memory.
     *
     * @param picture a file's bytes
     * @param output the name of the output that is asked, where there are several
     * @throws RequestProblem if the model takes no pictures, if this is none, if a score is no number, and as the
     *        place's runs
     */
    List<Classification> classify(byte[] picture, Optional<String> output, int count, RunQueue.Place place) {
        requirePictures();
        ModelOutput asked = asked(output, "classify", signature.outputs());
        if (isImage(asked)) {
            throw wrong("gives an image " + asked.shape() + " as '" + asked.name() + "'; POST to segment or mask");
        }
        List<Classification> classes = place.run(() -> classes(PictureReader.read(picture), asked, count));
        requireNumbers(classes);
        return classes;
    }

    /**
     * The class of each pixel of a picture, at its own size.
     *
     * @param picture a file's bytes
     * @param output the name of the output that is asked, where several are images
     * @throws RequestProblem if the model takes no pictures or gives no image, if this is no picture, if the model
     *         tells no class of a pixel, and as the place's runs
     */
    ClassMap segment(byte[] picture, Optional<String> output, RunQueue.Place place) {
        requirePictures();
        List<ModelOutput> images = signature.outputs().stream().filter(ServedModel::isImage).toList();
        ModelOutput asked = asked(output, "segment", images.isEmpty() ? signature.outputs() : images);
        if (!isImage(asked)) {
            throw wrong(
                    "gives no image as '" + asked.name() + "' but " + asked.shape() + "; POST to classify or infer");
        }
        return place.run(() -> map(PictureReader.read(picture), asked));
    }

    private ClassMap map(BufferedImage picture, ModelOutput output) {
        try {
            return model.segment(picture, output.name());
        } catch (IllegalArgumentException unfit) {
            throw RequestProblem.wrong(Objects.requireNonNullElse(unfit.getMessage(), "the picture does not fit"));
        } catch (ModelException none) {
            throw RequestProblem.unanswerable("model '" + signature.name() + "': " + none.getMessage());
        }
    }

    private static boolean isImage(ModelOutput output) {
        return output.kind() == ModelOutput.Kind.IMAGE;
    }

    private void requirePictures() {
        if (signature.preprocessing().isEmpty()) {
            throw wrong("takes the shape " + shapeText(signature.inputShape()) + ", which no picture has");
        }
    }

    /** The output that a request names, or the only one that can be meant. */
    private ModelOutput asked(Optional<String> name, String verb, List<ModelOutput> meant) {
        if (name.isEmpty() && meant.size() == 1) {
            return meant.getFirst();
        }
        List<String> given = signature.outputs().stream().map(ModelOutput::name).toList();
        if (name.isEmpty()) {
            throw wrong("gives the outputs " + given + "; say which one is asked, as in " + verb + "?output="
                    + meant.getFirst().name());
        }
        if (!given.contains(name.get())) {
            throw wrong("gives the outputs " + given + "; the request asks for [" + name.get() + "]");
        }
        return signature.output(name.get());
    }

    private List<Classification> classes(BufferedImage picture, ModelOutput output, int count) {
        try {
            return model.classify(picture, output.name(), count);
        } catch (IllegalArgumentException unfit) {
            throw RequestProblem.wrong(Objects.requireNonNullElse(unfit.getMessage(), "the picture does not fit"));
        }
    }

    /** JSON expresses no others, and a text or null in their place would be found out later, if at all. */
    private void requireNumbers(ModelOutput output, float... results) {
        for (int i = 0; i < results.length; i++) {
            if (!Float.isFinite(results[i])) {
                throw RequestProblem.unanswerable("model '" + signature.name() + "' gives " + results[i] + " for image "
                        + i / output.length() + ", counted from 0, which JSON cannot express");
            }
        }
    }

    private void requireNumbers(List<Classification> classes) {
        for (Classification one : classes) {
            if (!Float.isFinite(one.score())) {
                throw RequestProblem.unanswerable("model '" + signature.name() + "' gives " + one.score()
                        + " for the picture, which JSON cannot express");
            }
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
