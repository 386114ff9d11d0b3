package io.xceptionc.cli;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.spec.LabelsSpec;
import io.xceptionc.compiler.spec.TextFile;
import io.xceptionc.runtime.ModelSignature;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The names of a model's classes in a file of the user's, one on each line. */
final class LabelsFile {

    private LabelsFile() {}

    /**
     * A model's signature with the labels of a file in place of its own.
     *
     * @throws InvalidInputException if the file cannot be read, holds what is no label, or not one for each class
     */
    static ModelSignature labelled(ModelSignature signature, Path file) throws InvalidInputException {
        Diagnostics diagnostics = new Diagnostics();
        SourceSpan span = SourceSpan.ofFile(file.toString());
        List<String> labels = TextFile.read(file, span, diagnostics).stream().flatMap(String::lines)
                .map(String::strip).filter(line -> !line.isEmpty()).toList();
        Optional<String> wrong = labels.stream().filter(label -> !LabelsSpec.isLabel(label)).findFirst();
        wrong.ifPresent(label -> diagnostics.report(DiagnosticCode.E105, span,
                "has a line that cannot be a label: " + Quotation.of(label),
                "use at most " + LabelsSpec.LONGEST_LABEL + " printable characters for each label"));
        diagnostics.throwIfErrors();
        if (labels.size() != signature.outputLength()) {
            diagnostics.report(DiagnosticCode.E105, span, "has " + labels.size() + " labels, but the network yields "
                    + signature.outputLength() + " numbers", "give one label for each number, in its order");
            diagnostics.throwIfErrors();
        }
        return new ModelSignature(signature.name(), signature.batch(), signature.inputShape(), signature.outputShape(),
                labels, signature.preprocessing());
    }
}
