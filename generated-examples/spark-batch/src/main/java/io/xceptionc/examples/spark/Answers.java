package io.xceptionc.examples.spark;

import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.image.ImageTensor;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.SequencedMap;
import org.apache.spark.sql.Row;

/**
 * The answers to files, made when they are asked for: no more pictures are in memory than one run of the model takes.
 */
final class Answers implements Iterator<Row> {

    private final Iterator<Row> files;
    private final CompiledModel model;
    private final AnswerColumns columns;
    private final Deque<Row> ready = new ArrayDeque<>();

    /**
     * Of a model to files.
     *
     * @param files {@code [path, content]}
     */
    Answers(Iterator<Row> files, CompiledModel model) {
        this.files = files;
        this.model = model;
        columns = new AnswerColumns(model.signature());
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || files.hasNext();
    }

    @Override
    public Row next() {
        if (ready.isEmpty()) {
            answerNext();
        }
        return ready.pop();
    }

    /** Reads until there are pictures for a run or no files are left; those that are none are answered at once. */
    private void answerNext() {
        List<String> paths = new ArrayList<>();
        List<BufferedImage> pictures = new ArrayList<>();
        do {
            Row file = files.next();
            try {
                pictures.add(PictureBytes.read(file.getAs(1)));
                paths.add(file.getString(0));
            } catch (BadPictureException e) {
                ready.add(columns.error(file.getString(0), e.getMessage()));
            }
        } while (files.hasNext() && pictures.size() < model.signature().batch());
        if (columns.areOneLabel()) {
            List<List<Classification>> answers = model.classify(pictures, 1);
            for (int i = 0; i < paths.size(); i++) {
                ready.add(columns.label(paths.get(i), answers.get(i).getFirst()));
            }
        } else if (!pictures.isEmpty()) {
            SequencedMap<String, float[]> results = model.runAll(images(pictures));
            for (int i = 0; i < paths.size(); i++) {
                ready.add(columns.answer(paths.get(i), results, i));
            }
        }
    }

    /** The pictures of one run as the model takes them; what the run lacks is zero. */
    private float[] images(List<BufferedImage> pictures) {
        ModelSignature signature = model.signature();
        float[] images = new float[signature.batch() * signature.inputLength()];
        long bytes = (long) signature.inputLength() * Float.BYTES;
        for (int i = 0; i < pictures.size(); i++) {
            ImageTensor.fill(pictures.get(i), signature.preprocessing().orElseThrow(),
                    MemorySegment.ofArray(images).asSlice(i * bytes, bytes));
        }
        return images;
    }
}
