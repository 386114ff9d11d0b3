package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.KerasLayer;
import java.util.HashSet;
import java.util.Set;

/**
 * The layers that cannot be imported, each reported once.
 *
 * @param diagnostics takes the reports
 * @param span the file
 * @param reported what was reported
 */
record Problems(Diagnostics diagnostics, SourceSpan span, Set<KerasLayer> reported) {

    Problems(Diagnostics diagnostics, SourceSpan span) {
        this(diagnostics, span, new HashSet<>());
    }

    void report(KerasLayer layer, CannotImportException reason) {
        if (reported.add(layer)) {
            diagnostics.report(DiagnosticCode.E501, span, "cannot import " + Quotation.of(layer.className()) + " "
                    + Quotation.of(layer.name()) + ": " + reason.getMessage(), reason.help());
        }
    }
}
