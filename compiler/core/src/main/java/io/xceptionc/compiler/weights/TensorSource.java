package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.FileKind;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is inside a weights file. Thread-safe, except that nothing may be asked of it once it is closed. */
public interface TensorSource extends AutoCloseable {

    /**
     * Opens a weights file; what format it has, its content decides.
     *
     * @throws InvalidInputException if it cannot be read or is damaged
     */
    static TensorSource open(Path path) throws InvalidInputException {
        MappedFile file = MappedFile.open(path);
        try {
            return switch (WeightsFormat.of(file)) {
                case SAFETENSORS -> {
                    requireNothingElse(file);
                    yield SafetensorsFile.open(file);
                }
                case HDF5, ZIP ->
                        throw file.damaged("is " + WeightsFormat.of(file).label() + ", not a safetensors file",
                                "convert it: in Python, safetensors.torch.save_file(state_dict, path) writes one");
            };
        } catch (InvalidInputException | RuntimeException | Error failure) {
            file.close();
            throw failure;
        }
    }

    /** Says what was given instead of weights, where a parser would only find nonsense. */
    private static void requireNothingElse(MappedFile file) throws InvalidInputException {
        byte[] beginning = file.bytes(0, (int) Math.min(file.byteSize(), FileKind.BYTES));
        Optional<FileKind> other = FileKind.of(beginning).filter(kind -> kind != FileKind.SAFETENSORS);
        boolean text = beginning.length == FileKind.BYTES
                && new String(beginning, StandardCharsets.ISO_8859_1).matches("[\\t\\r\\n -~]+");
        if (other.isPresent() || text) {
            throw file.damaged("is " + other.map(FileKind::label).orElse("a text") + ", not a safetensors file",
                    "weights are read from safetensors files; in Python, safetensors.torch.save_file(state_dict, path)"
                            + " writes one");
        }
    }

    /** The file's name as the user gave it. */
    String name();

    /** All tensors, in the order of the file. */
    List<TensorInfo> tensors();

    /** The tensor of a name. */
    Optional<TensorInfo> find(String tensorName);

    /**
     * The elements of a tensor as {@code float}, row-major in the file's layout, freshly read.
     *
     * @param tensorName the name of a tensor that is there
     * @throws InvalidInputException if they are no floating point numbers, more than an array can hold, or cannot be read
     */
    float[] values(String tensorName) throws InvalidInputException;

    @Override
    void close();
}
