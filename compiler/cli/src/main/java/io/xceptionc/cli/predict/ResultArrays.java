package io.xceptionc.cli.predict;

import io.xceptionc.cli.file.PrivateFolder;
import io.xceptionc.compiler.format.npy.NpyFile;
import io.xceptionc.compiler.format.npy.NpzWriter;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The raw results of all outputs, a row for each image, which lie in temporary files until all are there. */
public final class ResultArrays implements AutoCloseable {

    private final ModelSignature signature;
    private final PrivateFolder folder;
    private final List<OutputStream> streams = new ArrayList<>();
    private int rows;

    /** Without rows. */
    public ResultArrays(ModelSignature signature) throws IOException {
        this.signature = signature;
        folder = PrivateFolder.create();
        for (int i = 0; i < signature.outputs().size(); i++) {
            streams.add(new BufferedOutputStream(Files.newOutputStream(file(i))));
        }
    }

    private Path file(int index) {
        return folder.path().resolve(index + ".f32");
    }

    /** Adds a row to each array: what the model yields, NaN where the image could not be had. */
    public void add(Prediction prediction) throws IOException {
        for (int i = 0; i < streams.size(); i++) {
            NpyFile.writeElements(prediction.values().isPresent()
                    ? prediction.values().get().get(i)
                    : notANumber(signature.outputs().get(i)), streams.get(i));
        }
        rows++;
    }

    /** A row for an image that could not be had. */
    public static float[] notANumber(ModelOutput output) {
        float[] row = new float[output.length()];
        Arrays.fill(row, Float.NaN);
        return row;
    }

    /** Writes all arrays by the names of the outputs. */
    public void writeTo(OutputStream stream) throws IOException {
        NpzWriter arrays = new NpzWriter(stream);
        for (int i = 0; i < streams.size(); i++) {
            streams.get(i).close();
            ModelOutput output = signature.outputs().get(i);
            try (InputStream elements = Files.newInputStream(file(i))) {
                arrays.add(output.name(), shape(output), elements);
            }
        }
        arrays.finish();
    }

    private List<Integer> shape(ModelOutput output) {
        List<Integer> shape = new ArrayList<>(output.shape());
        shape.addFirst(rows);
        return shape;
    }

    @Override
    public void close() throws IOException {
        for (OutputStream stream : streams) {
            stream.close();
        }
        folder.close();
    }
}
