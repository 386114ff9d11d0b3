package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.spec.LabelsFile;
import java.nio.file.Path;
import java.util.List;

/** Files that the compiler reads beside specs, for callers that want no more of them than what is in them. */
public final class ReadFiles {

    private ReadFiles() {}

    /**
     * The tensors of a file of weights or of a whole network, in whichever of {@link #weightsFormats} it is.
     *
     * @return open, to be closed by the caller
     * @throws InvalidInputException if it cannot be read, is of no known format, or is damaged
     */
    public static TensorSource weights(Path file) throws InvalidInputException {
        return FileFormat.open(file);
    }

    /** From what weights are read, as a sentence lists it. */
    public static String weightsFormats() {
        return FileFormat.weightsFormats();
    }

    /**
     * The names of classes in a text file, one on each line; lines without one do not count.
     *
     * @throws InvalidInputException if it cannot be read, or holds what cannot be a label
     */
    public static List<String> labels(Path file) throws InvalidInputException {
        Diagnostics diagnostics = new Diagnostics();
        List<String> labels =
                LabelsFile.read(file, SourceSpan.ofFile(file.toString()), diagnostics).orElse(List.of());
        diagnostics.throwIfErrors();
        return labels;
    }
}
