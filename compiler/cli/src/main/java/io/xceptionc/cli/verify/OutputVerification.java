package io.xceptionc.cli.verify;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;
import static io.xceptionc.cli.console.TextTable.Alignment.RIGHT;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.OutputText;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.console.TextTable;
import io.xceptionc.cli.console.TextTable.Alignment;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.compiler.format.npy.ArrayFileException;
import io.xceptionc.compiler.format.npy.NpyFile;
import io.xceptionc.compiler.format.npy.NpzFile;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        double[] of(ModelOutput output, int index, float[] image) throws InputException, IOException;
    }

    /** Compares with the rows of an array, or with those of several by the names of outputs. */
    public ExitCode against(Path file, Console console) throws InputException, IOException {
        if (file.toString().endsWith(".npz")) {
            return againstArrays(file, console);
        }
        if (!signature.hasOneOutput()) {
            throw new InputException("model '" + signature.name() + "' has " + signature.outputs().size()
                    + " outputs, " + OutputText.names(signature)
                    + "; put what they must yield into a .npz file, arrays by these names: --reference OUT.npz");
        }
        try (NpyFile array = NpyFile.open(file)) {
            ModelOutput only = signature.outputs().getFirst();
            List<Integer> rows = rows(only);
            if (!array.shape().equals(rows) && !(input.count() == 1 && array.shape().equals(only.shape()))) {
                throw new InputException("has the shape " + array.shape() + "; for "
                        + Quantities.count(input.count(), "image") + ", the model yields " + rows);
            }
            return compare((_, index, _) -> {
                float[] row = new float[only.length()];
                array.read((long) index * row.length, MemorySegment.ofArray(row));
                return widened(row);
            }, console);
        } catch (InputException | ArrayFileException e) {
            throw new InputException(file + " " + e.getMessage());
        }
    }

    private List<Integer> rows(ModelOutput output) {
        List<Integer> rows = new ArrayList<>(output.shape());
        rows.addFirst(input.count());
        return rows;
    }

    private ExitCode againstArrays(Path file, Console console) throws InputException, IOException {
        Map<String, float[]> arrays = new HashMap<>();
        try (NpzFile npz = NpzFile.open(file)) {
            for (ModelOutput output : signature.outputs()) {
                List<Integer> shape = input.count() == 1 ? output.shape() : rows(output);
                arrays.put(output.name(), npz.read(output.name(), shape).orElseThrow(() -> new InputException(file
                        + " has no array '" + output.name() + "'; it has "
                        + npz.names().stream().sorted().limit(5).toList())));
            }
        } catch (ArrayFileException e) {
            throw new InputException(e.getMessage());
        }
        return compare((output, index, _) -> widened(Arrays.copyOfRange(arrays.get(output.name()),
                index * output.length(), (index + 1) * output.length())), console);
    }

    /** Compares with what ONNX Runtime computes. */
    public ExitCode againstOnnx(Path onnx, Console console) throws InputException, IOException {
        if (!Files.isRegularFile(onnx)) {
            throw new NoSuchFileException(onnx.toString());
        }
        try (OnnxReference reference = OnnxReference.open(onnx)) {
            return compare((output, _, image) -> reference.run(image, signature, output), console);
        }
    }

    /** The same numbers. */
    static double[] widened(float[] row) {
        double[] wide = new double[row.length];
        Arrays.setAll(wide, index -> row[index]);
        return wide;
    }

    private ExitCode compare(Reference reference, Console console) throws InputException, IOException {
        TextTable table = table();
        int wrong = 0;
        for (int index = 0; index < input.count(); index++) {
            float[] image = input.image(index);
            List<float[]> results = results(image);
            for (int i = 0; i < results.size(); i++) {
                ModelOutput output = signature.outputs().get(i);
                Difference difference = Difference.of(reference.of(output, index, image), results.get(i));
                wrong += difference.ofScale() <= tolerance ? 0 : 1;
                List<String> cells = new ArrayList<>(difference.cells(output.shape()));
                if (!signature.hasOneOutput()) {
                    cells.addFirst(output.name());
                }
                cells.addFirst(i == 0 ? input.name(index) : "");
                table.add(cells);
            }
        }
        table.lines().forEach(console::answer);
        console.answer("");
        if (wrong == 0) {
            console.answer("agrees: no error is above %s of the scale".formatted(Quantities.scientific(tolerance)));
            return ExitCode.FINE;
        }
        console.message("xceptionc: %s of %s above %s of the scale; 'xceptionc verify --layers' or --weights finds"
                .formatted(Quantities.count(wrong),
                        Quantities.count((long) input.count() * signature.outputs().size(), "result"),
                        Quantities.scientific(tolerance))
                + " the first layer that departs");
        return ExitCode.WRONG_INPUT;
    }

    private TextTable table() {
        List<Alignment> alignments = new ArrayList<>(List.of(LEFT, RIGHT, RIGHT, RIGHT, LEFT, RIGHT, RIGHT));
        List<String> heads =
                new ArrayList<>(List.of("input", "error", "of scale", "ULPs", "worst at", "reference", "model"));
        if (!signature.hasOneOutput()) {
            alignments.add(1, LEFT);
            heads.add(1, "output");
        }
        return new TextTable(alignments, heads);
    }

    /** The model's results for an image; other images of a batch are the same. */
    private List<float[]> results(float[] image) {
        float[] images = new float[signature.batch() * image.length];
        for (int i = 0; i < signature.batch(); i++) {
            System.arraycopy(image, 0, images, i * image.length, image.length);
        }
        Map<String, float[]> all = model.runAll(images);
        return signature.outputs().stream().map(output -> Arrays.copyOf(all.get(output.name()), output.length()))
                .toList();
    }
}
