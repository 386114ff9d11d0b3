package io.xceptionc.compiler.foreign;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.RegularFile;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.foreign.keras.KerasImport;
import io.xceptionc.compiler.foreign.onnx.OnnxImport;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.keras.KerasFile;
import io.xceptionc.compiler.format.onnx.OnnxFile;
import io.xceptionc.compiler.language.attribute.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the networks of other tools from files of those {@link FileFormat}s that may hold any. */
public final class ForeignFormat {

    private ForeignFormat() {}

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
        if (!FileFormat.of(path).map(FileFormat::mayHoldNetwork).orElse(false)) {
            throw problem(DiagnosticCode.E502, path, "is no model of a known format",
                    "networks are imported from " + FileFormat.networkFormats());
        }
        try (TensorSource source = FileFormat.open(path)) {
            return switch (source) {
                case OnnxFile file -> OnnxImport.read(file, model, size);
                case KerasFile file -> KerasImport.read(file, model, size);
                default -> throw new IllegalStateException("no reader for networks of " + source.format());
            };
        }
    }

    private static InvalidInputException problem(DiagnosticCode code, Path path, String message, String help) {
        return new InvalidInputException(new Diagnostic(code, SourceSpan.ofFile(path.toString()), message, help));
    }
}
