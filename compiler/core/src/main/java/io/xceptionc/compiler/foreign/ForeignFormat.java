package io.xceptionc.compiler.foreign;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.RegularFile;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.foreign.keras.KerasImport;
import io.xceptionc.compiler.foreign.onnx.OnnxImport;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.keras.KerasFile;
import io.xceptionc.compiler.format.onnx.OnnxFile;
import io.xceptionc.compiler.spec.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The formats in which other tools write whole networks, told by the content of a file. */
public enum ForeignFormat {
    /** Of many tools. */
    ONNX("ONNX"),
    /** Of Keras, in an archive or as HDF5. */
    KERAS("Keras");

    private final String label;

    ForeignFormat(String label) {
        this.label = label;
    }

    /** Its name, for messages. */
    public String label() {
        return label;
    }

    /** The format of a file; empty if it is another one, or cannot be read. */
    public static Optional<ForeignFormat> of(Path path) {
        try (MappedFile file = MappedFile.open(path)) {
            if (KerasFile.isLikely(file)) {
                return Optional.of(KERAS);
            }
            return OnnxFile.isLikely(file) ? Optional.of(ONNX) : Optional.empty();
        } catch (InvalidInputException _) {
            return Optional.empty(); // Whoever reads it for good says why it cannot be.
        }
    }

    /**
     * Reads a network.
     *
     * @param model what it shall be called
     * @param size height and width of its input, in place of those of the file
     * @throws InvalidInputException if it is damaged, or with all that the language cannot express
     */
    public static ForeignNetwork read(Path path, String model, Optional<Pair> size) throws InvalidInputException {
        Optional<String> unreadable = RegularFile.problem(path)
                .or(() -> Files.isReadable(path) ? Optional.empty() : Optional.of("cannot be read"));
        if (unreadable.isPresent()) {
            throw problem(DiagnosticCode.E401, path,
                    unreadable.get() + (Files.isDirectory(path) ? ", not a model" : ""), "check the path of the model");
        }
        Optional<ForeignFormat> format = of(path);
        if (format.isEmpty()) {
            throw problem(DiagnosticCode.E502, path, "is no model of a known format",
                    "networks are imported from ONNX models and from what Keras saves with model.save");
        }
        return switch (format.get()) {
            case ONNX -> {
                try (OnnxFile file = OnnxFile.open(path)) {
                    yield OnnxImport.read(file, model, size);
                }
            }
            case KERAS -> {
                try (KerasFile file = KerasFile.open(path)) {
                    yield KerasImport.read(file, model, size);
                }
            }
        };
    }

    private static InvalidInputException problem(DiagnosticCode code, Path path, String message, String help) {
        return new InvalidInputException(new Diagnostic(code, SourceSpan.ofFile(path.toString()), message, help));
    }
}
