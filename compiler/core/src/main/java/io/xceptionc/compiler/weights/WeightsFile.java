package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.FileKind;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.keras.KerasArchive;
import io.xceptionc.compiler.format.keras.KerasFile;
import io.xceptionc.compiler.format.onnx.OnnxFile;
import io.xceptionc.compiler.format.pytorch.PyTorchFile;
import io.xceptionc.compiler.format.safetensors.SafetensorsFile;
import io.xceptionc.compiler.format.safetensors.ShardedSafetensors;
import io.xceptionc.compiler.format.zip.ZipArchive;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Opens weights files of all formats. */
public final class WeightsFile {

    private static final String HELP =
            "weights are read from safetensors files, from what Keras saves, from state dicts of"
                    + " PyTorch and from ONNX models; in Python, torch.save(model.state_dict(), path) or"
                    + " model.save_weights('model.weights.h5') writes them";

    private WeightsFile() {}

    /**
     * Opens a weights file; what format it has, its content decides.
     *
     * @throws InvalidInputException if it cannot be read, is no weights file, or is damaged
     */
    public static TensorSource open(Path path) throws InvalidInputException {
        return MappedFile.open(path, file -> open(file, path));
    }

    private static TensorSource open(MappedFile file, Path path) throws InvalidInputException {
        return switch (WeightsFormat.of(file)) {
            case ONNX -> OnnxFile.open(file, path);
            case SAFETENSORS -> {
                requireNothingElse(file);
                yield SafetensorsFile.open(file);
            }
            case SHARD_INDEX -> ShardedSafetensors.open(file, path);
            case PICKLE -> PyTorchFile.open(file);
            case HDF5 -> KerasFile.open(file);
            case ZIP -> openArchive(file);
        };
    }

    private static TensorSource openArchive(MappedFile file) throws InvalidInputException {
        ZipArchive archive = ZipArchive.of(file);
        if (PyTorchFile.isLike(archive)) {
            return PyTorchFile.open(file, archive);
        }
        if (KerasArchive.isLikely(archive)) {
            return KerasArchive.open(file, archive);
        }
        throw file.damaged("is a zip archive, not a weights file", HELP);
    }

    /** Says what was given instead of weights, where a parser would only find nonsense. */
    private static void requireNothingElse(MappedFile file) throws InvalidInputException {
        byte[] beginning = file.bytes(0, (int) Math.min(file.byteSize(), FileKind.BYTES));
        Optional<FileKind> other = FileKind.of(beginning).filter(kind -> kind != FileKind.SAFETENSORS);
        boolean text = beginning.length == FileKind.BYTES
                && new String(beginning, StandardCharsets.ISO_8859_1).matches("[\\t\\r\\n -~]+");
        if (other.isPresent() || text) {
            throw file.damaged("is " + other.map(FileKind::label).orElse("a text") + ", not a weights file", HELP);
        }
    }
}
