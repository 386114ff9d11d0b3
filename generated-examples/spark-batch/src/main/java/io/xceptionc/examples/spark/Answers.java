package io.xceptionc.examples.spark;

import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.CompiledModel;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The answers to files, made when they are asked for: no more pictures are in memory than one run of the model takes. */
final class Answers implements Iterator<Row> {

    private final Iterator<Row> files;
    private final CompiledModel model;
    private final Deque<Row> ready = new ArrayDeque<>();

    /**
     * Of a model to files.
     *
     * @param files {@code [path, content]}
     */
    Answers(Iterator<Row> files, CompiledModel model) {
        this.files = files;
        this.model = model;
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
                ready.add(RowFactory.create(file.getString(0), null, null, e.getMessage()));
            }
        } while (files.hasNext() && pictures.size() < model.signature().batch());
        List<List<Classification>> answers = model.classify(pictures, 1);
        for (int i = 0; i < paths.size(); i++) {
            Classification likeliest = answers.get(i).getFirst();
            ready.add(RowFactory.create(paths.get(i), likeliest.label(), likeliest.score(), null));
        }
    }
}
