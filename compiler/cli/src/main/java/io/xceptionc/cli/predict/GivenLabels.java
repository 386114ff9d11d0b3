package io.xceptionc.cli.predict;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.spec.LabelsFile;
import io.xceptionc.runtime.ModelSignature;
import java.nio.file.Path;
import java.util.List;

/** The names of a model's classes in a file of the user's. */
public final class GivenLabels {

    private GivenLabels() {}

    /**
     * A model's signature with the labels of a file in place of its own.
     *
     * @throws InvalidInputException if the file holds no labels, or not one for each class
     */
    public static ModelSignature of(Path file, ModelSignature signature) throws InvalidInputException {
        Diagnostics diagnostics = new Diagnostics();
        SourceSpan span = SourceSpan.ofFile(file.toString());
        List<String> labels = LabelsFile.read(file, span, diagnostics).orElse(List.of());
        diagnostics.throwIfErrors();
        if (labels.size() != signature.outputLength()) {
            diagnostics.report(DiagnosticCode.E105, span, "has " + labels.size() + " labels, but the network yields "
                    + signature.outputLength() + " numbers", "give one label for each number, in its order");
            diagnostics.throwIfErrors();
        }
        return signature.withLabels(labels);
    }
}
