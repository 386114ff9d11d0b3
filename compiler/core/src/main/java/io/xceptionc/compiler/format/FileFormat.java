package io.xceptionc.compiler.format;

import static java.util.function.Predicate.not;

import io.xceptionc.compiler.diagnostic.FileKind;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.keras.BrowserModel;
import io.xceptionc.compiler.format.keras.BrowserWeights;
import io.xceptionc.compiler.format.keras.KerasArchive;
import io.xceptionc.compiler.format.keras.KerasFile;
import io.xceptionc.compiler.format.onnx.OnnxFile;
import io.xceptionc.compiler.format.pytorch.PyTorchFile;
import io.xceptionc.compiler.format.safetensors.SafetensorsFile;
import io.xceptionc.compiler.format.safetensors.ShardedSafetensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The formats of files with tensors, told by a file's content: a file is of the first whose probe accepts it. A new
 * format is a new line here.
 */
public enum FileFormat {
    /** Told by the length of its header. */
    SAFETENSORS("safetensors files", "", ProbedFile::isSafetensors, file -> SafetensorsFile.open(file.content())),
    /** What Keras 3 calls {@code .keras}. */
    KERAS_ARCHIVE("what Keras saves", "what Keras saves with model.save",
            file -> file.isArchive(KerasArchive::isLikely), file -> KerasArchive.open(file.content(), file.archive())),
    /** What PyTorch calls {@code .pt} or {@code .pth}. */
    PYTORCH("state dicts of PyTorch", "", file -> file.isArchive(PyTorchFile::isLike),
            file -> PyTorchFile.open(file.content(), file.archive())),
    /** The same before PyTorch 1.6. */
    PYTORCH_PICKLE("state dicts of PyTorch", "", file -> PyTorchFile.isLike(file.content()),
            file -> PyTorchFile.open(file.content())),
    /** What Keras calls {@code .h5}; a block of the user's may stand before its signature. */
    KERAS_HDF5("what Keras saves", "what Keras saves with model.save", ProbedFile::isHdf5,
            file -> KerasFile.open(file.content())),
    /** JSON: what TensorFlow.js calls {@code model.json}, of layers. */
    TENSORFLOW_JS("layers models of TensorFlow.js", "layers models of TensorFlow.js",
            file -> file.beginsWithBracket() && BrowserModel.isLikely(file.content()),
            file -> BrowserModel.open(file.content(), file.path())),
    /** JSON, in a list: what TensorFlow.js calls {@code weights_manifest.json}, without a network. */
    TENSORFLOW_JS_WEIGHTS("layers models of TensorFlow.js", "",
            file -> file.beginsAsList() && BrowserWeights.isLikely(file.content()),
            file -> BrowserWeights.open(file.content(), file.path())),
    /** JSON: what lists the shards of a model in several safetensors files. */
    SAFETENSORS_INDEX("safetensors files", "", ProbedFile::beginsWithBracket,
            file -> ShardedSafetensors.open(file.content(), file.path())),
    /** Without a signature: told by its first fields. */
    ONNX("ONNX models", "ONNX models", file -> OnnxFile.isLikely(file.content()),
            file -> OnnxFile.open(file.content(), file.path()));

    private static final String HELP = "weights are read from " + weightsFormats()
            + "; in Python, torch.save(model.state_dict(), path) or model.save_weights('model.weights.h5') writes them";

    private final String weights;
    private final String networks;
    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Probe probe;
    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Opener opener;

    private interface Probe {
        boolean accepts(ProbedFile file) throws InvalidInputException;
    }

    private interface Opener {
        TensorSource open(ProbedFile file) throws InvalidInputException;
    }

    /**
     * A format.
     *
     * @param weights what its weights files are called in messages
     * @param networks what its files with whole networks are called; empty if it has none
     */
    FileFormat(String weights, String networks, Probe probe, Opener opener) {
        this.weights = weights;
        this.networks = networks;
        this.probe = probe;
        this.opener = opener;
    }

    /** Whether a file of this format may say of a network more than its weights. */
    public boolean mayHoldNetwork() {
        return !networks.isEmpty();
    }

    /** From what weights are read, as a sentence lists it. */
    public static String weightsFormats() {
        return listed(each -> each.weights);
    }

    /** From what whole networks are read, as a sentence lists it. */
    public static String networkFormats() {
        return listed(each -> each.networks);
    }

    private static String listed(Function<FileFormat, String> words) {
        List<String> formats =
                Arrays.stream(values()).map(words).filter(not(String::isEmpty)).distinct().toList();
        return String.join(", from ", formats.subList(0, formats.size() - 1)) + " and from " + formats.getLast();
    }

    /** The format of a file; empty if it is another one, or cannot be read, of which opening it says more. */
    public static Optional<FileFormat> of(Path path) {
        try (MappedFile file = MappedFile.open(path)) {
            return of(new ProbedFile(file, path));
        } catch (InvalidInputException _) {
            return Optional.empty();
        }
    }

    private static Optional<FileFormat> of(ProbedFile file) throws InvalidInputException {
        for (FileFormat each : values()) {
            if (each.probe.accepts(file)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /**
     * Opens a file for its tensors.
     *
     * @throws InvalidInputException if it cannot be read, is of no known format, or is damaged
     */
    public static TensorSource open(Path path) throws InvalidInputException {
        return MappedFile.open(path, content -> open(new ProbedFile(content, path)));
    }

    private static TensorSource open(ProbedFile file) throws InvalidInputException {
        Optional<FileFormat> format = of(file);
        if (format.isPresent()) {
            return format.get().opener.open(file);
        }
        Optional<String> other =
                file.kind().map(FileKind::label).or(() -> file.isText() ? Optional.of("a text") : Optional.empty());
        if (other.isPresent()) {
            throw file.content().damaged("is " + other.get() + ", not a weights file", HELP);
        }
        return SafetensorsFile.open(file.content()); // which has no signature, and says what is wrong with its header
    }
}
