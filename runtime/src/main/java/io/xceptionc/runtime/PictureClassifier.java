package io.xceptionc.runtime;

import io.xceptionc.runtime.image.ImageTensor;
import io.xceptionc.runtime.image.PictureGrid;
import io.xceptionc.runtime.image.Preprocessing;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Shows pictures to a model, as many in a run as it takes; those that the last run lacks are black. */
final class PictureClassifier {

    private final CompiledModel model;
    private final ModelSignature signature;
    private final ModelOutput output;
    private final Preprocessing preprocessing;

    /**
     * Of an open model, by one of its outputs.
     *
     * @throws ModelException if no picture can become its array
     */
    PictureClassifier(CompiledModel model, ModelOutput output) {
        this.model = model;
        this.output = output;
        signature = model.signature();
        preprocessing = signature.preprocessing().orElseThrow(() -> new ModelException("model '" + signature.name()
                + "' takes arrays of the shape " + signature.inputShape() + ", which no picture has"));
    }

    /** The likeliest classes of each picture, in the pictures' order; each element of an image counts as a class. */
    List<List<Classification>> classify(List<BufferedImage> pictures, int count) {
        return results(pictures, (_, result) -> Classification.best(result, count, output));
    }

    /**
     * The class of each pixel of each picture, in the pictures' order.
     *
     * @throws ModelException as {@link ClassMap#of}
     */
    List<ClassMap> segment(List<BufferedImage> pictures) {
        return results(pictures, (picture, result) -> ClassMap.of(output, result,
                PictureGrid.of(picture.getHeight(), picture.getWidth(), preprocessing)));
    }

    private <A> List<A> results(List<BufferedImage> pictures, BiFunction<BufferedImage, float[], A> answer) {
        List<A> answers = new ArrayList<>();
        for (int first = 0; first < pictures.size(); first += signature.batch()) {
            List<BufferedImage> batch = pictures.subList(first, Math.min(pictures.size(), first + signature.batch()));
            float[] results = model.runAll(images(batch)).get(output.name());
            for (int i = 0; i < batch.size(); i++) {
                float[] result = Arrays.copyOfRange(results, i * output.length(), (i + 1) * output.length());
                answers.add(answer.apply(batch.get(i), result));
            }
        }
        return answers;
    }

    private float[] images(List<BufferedImage> pictures) {
        float[] images = new float[signature.batch() * signature.inputLength()];
        long bytes = (long) signature.inputLength() * Float.BYTES;
        for (int i = 0; i < pictures.size(); i++) {
            ImageTensor.fill(pictures.get(i), preprocessing, MemorySegment.ofArray(images).asSlice(i * bytes, bytes));
        }
        return images;
    }
}
