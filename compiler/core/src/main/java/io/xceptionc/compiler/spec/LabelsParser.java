package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.language.attribute.Complaints;
import io.xceptionc.compiler.language.attribute.StructureType;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads where the names of the classes come from. */
final class LabelsParser {

    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");

    private final Diagnostics diagnostics;

    LabelsParser(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    Optional<LabelsSpec> parse(Value value) {
        return switch (value) {
            case Sequence list -> inline(list);
            case Scalar path when !path.isNull() -> file(path);
            case Scalar _, Value.Mapping _ -> Complaints.wrong("labels", StructureType.LABELS, value,
                    "write labels: [cat, dog] or labels: labels.txt", diagnostics);
        };
    }

    private Optional<LabelsSpec> inline(Sequence list) {
        List<String> labels = list.items().stream().flatMap(item -> label(item).stream()).toList();
        return labels.size() == list.items().size()
                ? Optional.of(new LabelsSpec.Inline(labels, list.span()))
                : Optional.empty();
    }

    private Optional<String> label(Value item) {
        if (item instanceof Scalar scalar && LabelsSpec.isLabel(scalar.text())) {
            return Optional.of(scalar.text());
        }
        diagnostics.report(DiagnosticCode.E105, item.span(), "a label must be one line of text, not " + item.describe(),
                "use 1 to " + LabelsSpec.LONGEST_LABEL
                        + " printable characters; put a label with ': ' or '#' in it in quotes");
        return Optional.empty();
    }

    private Optional<LabelsSpec> file(Scalar path) {
        boolean isInside = PATH.matcher(path.text()).matches()
                && Arrays.stream(path.text().split("/")).noneMatch(part -> part.matches("\\.+"));
        if (!isInside) {
            diagnostics.report(DiagnosticCode.E105, path.span(),
                    Quotation.of(path.text()) + " is no file in the spec's folder",
                    "write a path of letters, digits, _ . - and / that begins in the spec's folder");
            return Optional.empty();
        }
        return Optional.of(new LabelsSpec.OfFile(path.text(), path.span()));
    }
}
