package io.xceptionc.cli.predict;

import io.xceptionc.cli.console.Progress;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.Session;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Batched inference: runs a model on images, as many at once as it takes. */
public final class Predictor {

    /** Takes predictions, one by one, in the order of the images. */
    @FunctionalInterface
    public interface Sink {
        /** Takes one. */
        void accept(Prediction prediction) throws IOException;
    }

    private final CompiledModel model;
    private final ModelSignature signature;

    /** For an open model. */
    public Predictor(CompiledModel model) {
        this.model = model;
        signature = model.signature();
    }

    /** Runs the model on all images; one that cannot be had does not hinder the others. */
    public void run(List<InputImage> inputs, Progress progress, Sink sink) throws IOException {
        try (Session session = model.newSession()) {
            for (int first = 0; first < inputs.size(); first += signature.batch()) {
                List<InputImage> batch = inputs.subList(first, Math.min(inputs.size(), first + signature.batch()));
                for (Prediction prediction : runBatch(session, batch, progress)) {
                    sink.accept(prediction);
                }
            }
        }
    }

    private List<Prediction> runBatch(Session session, List<InputImage> batch, Progress progress) {
        session.input().fill((byte) 0);
        List<String> problems = new ArrayList<>();
        for (InputImage input : batch) {
            progress.next(input.name());
            problems.add(fill(session, input, problems.size()));
        }
        model.awaitWarmUp();
        long start = System.nanoTime();
        if (problems.contains("")) {
            session.run();
        }
        double milliseconds = (System.nanoTime() - start) / 1e6 / batch.size();
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            String problem = problems.get(i);
            predictions.add(problem.isEmpty()
                    ? prediction(session, batch.get(i).name(), i, milliseconds)
                    : new Prediction(batch.get(i).name(), Optional.empty(), problem, 0));
        }
        return predictions;
    }

    /** What the model made of an image, and whether that is an answer. */
    private Prediction prediction(Session session, String name, int place, double milliseconds) {
        float[] image = floats(session.input(), place, signature.inputLength());
        List<float[]> values = new ArrayList<>();
        String problem = NotFinite.in(image, signature.inputShape()).map(NotFinite::ofInput).orElse("");
        for (int i = 0; i < signature.outputs().size(); i++) {
            ModelOutput output = signature.outputs().get(i);
            float[] result = floats(session.output(i), place, output.length());
            values.add(result);
            if (problem.isEmpty()) {
                problem = NotFinite.in(result, output.shape())
                        .map(found -> named(output) + found.ofAnswer(image)).orElse("");
            }
        }
        return new Prediction(name, Optional.of(values), problem, milliseconds);
    }

    private String named(ModelOutput output) {
        return signature.hasOneOutput() ? "" : "output '" + output.name() + "': ";
    }

    /** Writes an image to its place in a batch. Returns why that cannot be done, or nothing. */
    private String fill(Session session, InputImage input, int place) {
        long bytes = (long) signature.inputLength() * Float.BYTES;
        MemorySegment target = session.input().asSlice(place * bytes, bytes);
        try {
            input.writeTo(target, signature);
            return "";
        } catch (InputException e) {
            target.fill((byte) 0);
            return e.getMessage();
        }
    }

    private static float[] floats(MemorySegment segment, int place, int length) {
        long bytes = (long) length * Float.BYTES;
        return segment.asSlice(place * bytes, bytes).toArray(ValueLayout.JAVA_FLOAT);
    }
}
