package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.language.DocumentAttributes;
import io.xceptionc.compiler.language.Structure;
import io.xceptionc.compiler.language.attribute.Arguments;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.Complaints;
import io.xceptionc.compiler.language.attribute.StructureType;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.Value.Entry;
import io.xceptionc.compiler.language.attribute.Value.Mapping;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import io.xceptionc.compiler.spec.WeightsSpec.Rename;
import java.util.List;
import java.util.Optional;

/** Reads how the tensors of a weights file find their layers. */
final class WeightsParser {

    private static final int LONGEST_PATTERN = 200;
    private static final int MOST_PATTERNS = 64;

    private final Diagnostics diagnostics;
    private final ArgumentsParser argumentsParser;

    WeightsParser(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.argumentsParser = new ArgumentsParser(diagnostics);
    }

    /** The short form is the convention alone. */
    WeightsSpec parse(Value value) {
        Attribute<String> convention = DocumentAttributes.CONVENTION;
        String byDefault = convention.defaultValue().orElseThrow();
        if (!(value instanceof Mapping mapping)) {
            return new WeightsSpec(convention.type().read("weights", value, diagnostics).orElse(byDefault), List.of());
        }
        Arguments arguments = argumentsParser.parse(Structure.WEIGHTS, mapping);
        return new WeightsSpec(convention.read(arguments, diagnostics).orElse(byDefault),
                arguments.get(DocumentAttributes.RENAME).map(this::renames).orElse(List.of()));
    }

    private List<Rename> renames(Value value) {
        if (!(value instanceof Mapping mapping)) {
            Complaints.wrong("rename", StructureType.RENAME, value, "write rename: {\"backbone.*\": \"*\"}",
                    diagnostics);
            return List.of();
        }
        if (mapping.entries().size() > MOST_PATTERNS) {
            diagnostics.report(DiagnosticCode.E102, mapping.entries().get(MOST_PATTERNS).key().span(),
                    "there are more than " + MOST_PATTERNS + " patterns",
                    "let a * stand for what names have in common, or rename the tensors in the file");
        }
        return mapping.entries().stream().limit(MOST_PATTERNS).flatMap(entry -> rename(entry).stream()).toList();
    }

    private Optional<Rename> rename(Entry entry) {
        String pattern = entry.key().text();
        Optional<String> complaint = complaint(pattern);
        if (complaint.isPresent()) {
            return wrong(entry.key(), "the pattern " + Quotation.of(pattern) + " " + complaint.get(),
                    "write a name of the file in which each * stands for any characters, such as \"backbone.*\"");
        }
        if (!(entry.value() instanceof Scalar replacement) || replacement.isNull()) {
            return wrong(entry.value(), "what " + Quotation.of(pattern) + " is called must be a name, not "
                    + entry.value().describe(), "write " + Quotation.of(pattern) + ": \"*\", or another name");
        }
        String name = replacement.text();
        if (complaint(name).isPresent()) {
            return wrong(replacement, "the name " + Quotation.of(name) + " " + complaint(name).get(),
                    "write a name of the network, in which each * stands for the same characters as in the pattern");
        }
        if (stars(name) != 0 && stars(name) != stars(pattern)) {
            return wrong(replacement, "the name " + Quotation.of(name) + " has " + stars(name) + " *, its pattern "
                    + Quotation.of(pattern) + " has " + stars(pattern), "use as many, or none");
        }
        return Optional.of(new Rename(pattern, name, entry.key().span()));
    }

    private static Optional<String> complaint(String text) {
        if (text.isBlank()) {
            return Optional.of("is empty");
        }
        if (text.contains("**")) {
            return Optional.of("has two * side by side, so what each of them is cannot be told");
        }
        return text.length() > LONGEST_PATTERN
                ? Optional.of("is longer than " + LONGEST_PATTERN + " characters")
                : Optional.empty();
    }

    private static long stars(String text) {
        return text.chars().filter(character -> character == '*').count();
    }

    private Optional<Rename> wrong(Value value, String message, String help) {
        diagnostics.report(DiagnosticCode.E105, value.span(), message, help);
        return Optional.empty();
    }
}
