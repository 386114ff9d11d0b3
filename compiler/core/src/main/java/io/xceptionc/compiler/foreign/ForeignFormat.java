package io.xceptionc.compiler.foreign;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.FileKind;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.RegularFile;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.foreign.keras.KerasImport;
import io.xceptionc.compiler.foreign.onnx.OnnxImport;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.keras.KerasArchitecture;
import io.xceptionc.compiler.format.keras.KerasFile;
import io.xceptionc.compiler.format.keras.KerasNetwork;
import io.xceptionc.compiler.format.onnx.OnnxFile;
import io.xceptionc.compiler.language.attribute.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the networks of other tools from files of those {@link FileFormat}s that may hold any. */
public final class ForeignFormat {

    private ForeignFormat() {}

    /** Whether a file, by its content, is of a format that may hold a network. */
    public static boolean isNetwork(Path path) {
        return FileFormat.of(path).map(FileFormat::mayHoldNetwork).orElse(false);
    }

    /**
     * Reads a network.
     *
     * @param model what it shall be called
     * @param size height and width of its input, in place of those of the file
     * @throws InvalidInputException if it is damaged, or with all that the language cannot express
     */
    public static ForeignNetwork read(Path path, String model, Optional<Pair> size) throws InvalidInputException {
        return read(path, Optional.empty(), model, size);
    }

    /** Whether a file is a network without its weights, which may be given in another file. */
    public static boolean isWithoutWeights(Path path) {
        return !isNetwork(path) && OtherModel.of(path).equals(Optional.of(OtherModel.KERAS_CONFIG));
    }

    /**
     * Reads a network.
     *
     * @param weights the file of its weights, for a network without them; else they are looked for beside it
     */
    public static ForeignNetwork read(Path path, Optional<Path> weights, String model, Optional<Pair> size)
            throws InvalidInputException {
        Optional<OtherModel> other = isNetwork(path) ? Optional.empty() : OtherModel.of(path);
        Optional<Path> beside = isWithoutWeights(path)
                ? weights.or(() -> KerasArchitecture.weightsBeside(path))
                : Optional.empty();
        if (beside.isPresent()) {
            try (KerasFile file = KerasArchitecture.open(path, beside.get())) {
                return KerasImport.read(file, model, size).noting("the weights are those of " + beside.get());
            }
        }
        if (other.isPresent()) {
            throw problem(DiagnosticCode.E502, path, other.get().label(), other.get().help(path));
        }
        Optional<String> unreadable = RegularFile.problem(path)
                .or(() -> Files.isReadable(path) ? Optional.empty() : Optional.of("cannot be read"));
        if (unreadable.isPresent()) {
            throw problem(DiagnosticCode.E401, path,
                    unreadable.get() + (Files.isDirectory(path) ? ", not a model" : ""), "check the path of the model");
        }
        if (!isNetwork(path)) {
            throw problem(DiagnosticCode.E502, path, kind(path).map(kind -> "is " + kind.label() + ", not a model")
                    .orElse("is no model of a known format"),
                    "networks are imported from " + FileFormat.networkFormats());
        }
        try (TensorSource source = FileFormat.open(path)) {
            return switch (source) {
                case OnnxFile file -> OnnxImport.read(file, model, size);
                case KerasNetwork file -> KerasImport.read(file, model, size);
                default -> throw new IllegalStateException("no reader for networks of " + source.format());
            };
        }
    }

    private static Optional<FileKind> kind(Path path) throws InvalidInputException {
        try (MappedFile file = MappedFile.open(path)) {
            return FileKind.of(file.bytes(0, (int) Math.min(file.byteSize(), FileKind.BYTES)));
        }
    }

    private static InvalidInputException problem(DiagnosticCode code, Path path, String message, String help) {
        return new InvalidInputException(new Diagnostic(code, SourceSpan.ofFile(path.toString()), message, help));
    }
}
