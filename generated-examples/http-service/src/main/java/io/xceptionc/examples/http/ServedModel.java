package io.xceptionc.examples.http;

import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelSignature;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A model that is served: one for all requests, which has one input, {@code input}, and one output, {@code output}. */
final class ServedModel implements AutoCloseable {

    static final String INPUT = "input";
    static final String OUTPUT = "output";
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
        if (!List.of(OUTPUT).containsAll(request.outputs())) {
            throw wrong("gives one output, '" + OUTPUT + "'; the request asks for " + request.outputs());
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

    /**
     * Runs the model on some images, as many in a run as it takes; those that the last run lacks are zero.
     *
     * @param images {@code [n, height, width, channels]}
     * @return {@code [n, ...]}
     * @throws RequestProblem if a value is no number, and as the place's runs
     */
    float[] run(float[] images, RunQueue.Place place) {
        int count = images.length / signature.inputLength();
        float[] results = new float[count * signature.outputLength()];
        for (int first = 0; first < count; first += signature.batch()) {
            int start = first * signature.inputLength();
            float[] batch = Arrays.copyOfRange(images, start, start + signature.batch() * signature.inputLength());
            float[] answers = place.run(() -> model.run(batch));
            System.arraycopy(answers, 0, results, first * signature.outputLength(),
                    Math.min(signature.batch(), count - first) * signature.outputLength());
        }
        requireNumbers(results);
        return results;
    }

    /**
     * The likeliest classes of a picture, the likeliest first. The picture is decoded when it is its turn, as it then takes much more
     * memory.
     *
     * @param picture a file's bytes
     * @throws RequestProblem if the model takes no pictures, if this is none, if a score is no number, and as the place's runs
     */
    List<Classification> classify(byte[] picture, int count, RunQueue.Place place) {
        if (signature.preprocessing().isEmpty()) {
            throw wrong("takes the shape " + shapeText(signature.inputShape()) + ", which no picture has");
        }
        List<Classification> classes = place.run(() -> classes(PictureReader.read(picture), count));
        requireNumbers(classes);
        return classes;
    }

    private List<Classification> classes(BufferedImage picture, int count) {
        try {
            return model.classify(picture, count);
        } catch (IllegalArgumentException unfit) {
            throw RequestProblem.wrong(Objects.requireNonNullElse(unfit.getMessage(), "the picture does not fit"));
        }
    }

    /** JSON expresses no others, and a text or null in their place would be found out later, if at all. */
    private void requireNumbers(float... results) {
        for (int i = 0; i < results.length; i++) {
            if (!Float.isFinite(results[i])) {
                throw RequestProblem.unanswerable("model '" + signature.name() + "' gives " + results[i] + " for image "
                        + i / signature.outputLength() + ", counted from 0, which JSON cannot express");
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
