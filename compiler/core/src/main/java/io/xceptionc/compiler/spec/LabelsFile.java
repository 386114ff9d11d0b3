package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.diagnostic.TextFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file with the names of classes, one on each line; lines without one do not count. */
public final class LabelsFile {

    private static final int MOST = 100_000;

    private LabelsFile() {}

    /**
     * The labels of a file; empty, and reported, if they cannot be had.
     *
     * @param span where problems are reported
     */
    public static Optional<List<String>> read(Path file, SourceSpan span, Diagnostics diagnostics) {
        Optional<String> text = TextFile.read(file, span, diagnostics);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> labels = text.get().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        Optional<String> wrong = labels.stream().filter(label -> !LabelsSpec.isLabel(label)).findFirst();
        if (wrong.isPresent()) {
            diagnostics.report(DiagnosticCode.E105, span,
                    "the file has a line that cannot be a label: " + Quotation.of(wrong.get()),
                    "use at most " + LabelsSpec.LONGEST_LABEL + " printable characters for each label");
            return Optional.empty();
        }
        if (labels.size() > MOST) {
            diagnostics.report(DiagnosticCode.E102, span, "the file has more than " + MOST + " labels",
                    "give one label for each class");
            return Optional.empty();
        }
        return Optional.of(labels);
    }
}
