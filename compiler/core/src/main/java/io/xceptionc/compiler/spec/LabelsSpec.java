package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.util.List;

/** Where the names of the classes come from. */
public sealed interface LabelsSpec {

    /** How many characters a label may have. */
    int LONGEST_LABEL = 200;

    /** Whether a text can be a label: something to see, on one line. */
    static boolean isLabel(String text) {
        return !text.isBlank() && text.length() <= LONGEST_LABEL && Quotation.line(text).equals(text);
    }

    /** The place of the list or of the file's name. */
    SourceSpan span();

    /**
     * A list in the spec.
     *
     * @param labels in the order of the network's output
     * @param span the list's place
     */
    record Inline(List<String> labels, SourceSpan span) implements LabelsSpec {

        public Inline {
            labels = List.copyOf(labels);
        }
    }

    /**
     * A file beside the spec, one label on each line.
     *
     * @param path relative to the spec's folder
     * @param span the place of the file's name
     */
    record OfFile(String path, SourceSpan span) implements LabelsSpec {}
}
