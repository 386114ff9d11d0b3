package io.xceptionc.cli.verify;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;
import static io.xceptionc.cli.console.TextTable.Alignment.RIGHT;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.console.TextTable;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.compiler.format.npy.ArrayFileException;
import io.xceptionc.compiler.format.npy.NpyFile;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelSignature;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares a model's results with those that it should have. */
public final class OutputVerification {

    private final CompiledModel model;
    private final ModelSignature signature;
    private final VerificationInput input;
    private final double tolerance;

    /** Of a model on some images. */
    public OutputVerification(CompiledModel model, VerificationInput input, double tolerance) {
        this.model = model;
        this.signature = model.signature();
        this.input = input;
        this.tolerance = tolerance;
    }

    /** What an image's result should be. */
    private interface Reference {
        double[] of(int index, float[] image) throws InputException, IOException;
    }

    /** Compares with the rows of an array. */
    public ExitCode against(Path file, Console console) throws InputException, IOException {
        try (NpyFile array = NpyFile.open(file)) {
            List<Integer> rows = new ArrayList<>(signature.outputShape());
            rows.addFirst(input.count());
            if (!array.shape().equals(rows)
                    && !(input.count() == 1 && array.shape().equals(signature.outputShape()))) {
                throw new InputException("has the shape " + array.shape() + "; for "
                        + Quantities.count(input.count(), "image") + ", the model yields " + rows);
            }
            return compare((index, _) -> {
                float[] row = new float[signature.outputLength()];
                array.read((long) index * row.length, MemorySegment.ofArray(row));
                return widened(row);
            }, console);
        } catch (InputException | ArrayFileException e) {
            throw new InputException(file + " " + e.getMessage());
        }
    }

    /** Compares with what ONNX Runtime computes. */
    public ExitCode againstOnnx(Path onnx, Console console) throws InputException, IOException {
        if (!Files.isRegularFile(onnx)) {
            throw new NoSuchFileException(onnx.toString());
        }
        try (OnnxModel reference = OnnxModel.open(onnx)) {
            return compare((_, image) -> reference.run(image, signature.inputShape(), signature.outputShape()),
                    console);
        }
    }

    /** The same numbers. */
    static double[] widened(float[] row) {
        double[] wide = new double[row.length];
        Arrays.setAll(wide, index -> row[index]);
        return wide;
    }

    private ExitCode compare(Reference reference, Console console) throws InputException, IOException {
        TextTable table = new TextTable(List.of(LEFT, RIGHT, RIGHT, RIGHT, LEFT, RIGHT, RIGHT),
                List.of("input", "error", "of scale", "ULPs", "worst at", "reference", "model"));
        int wrong = 0;
        for (int index = 0; index < input.count(); index++) {
            float[] image = input.image(index);
            Difference difference = Difference.of(reference.of(index, image), result(image));
            wrong += difference.ofScale() <= tolerance ? 0 : 1;
            List<String> cells = new ArrayList<>(difference.cells(signature.outputShape()));
            cells.addFirst(input.name(index));
            table.add(cells);
        }
        table.lines().forEach(console::answer);
        console.answer("");
        if (wrong == 0) {
            console.answer("agrees: no error is above %s of the scale".formatted(Quantities.scientific(tolerance)));
            return ExitCode.FINE;
        }
        console.message("xceptionc: %s of %s above %s of the scale; 'xceptionc verify --layers' or --weights finds"
                .formatted(Quantities.count(wrong), Quantities.count(input.count(), "result"),
                        Quantities.scientific(tolerance))
                + " the first layer that departs");
        return ExitCode.WRONG_INPUT;
    }

    /** The model's result for an image; other images of a batch are the same. */
    private float[] result(float[] image) {
        float[] images = new float[signature.batch() * image.length];
        for (int i = 0; i < signature.batch(); i++) {
            System.arraycopy(image, 0, images, i * image.length, image.length);
        }
        return Arrays.copyOf(model.run(images), signature.outputLength());
    }
}
