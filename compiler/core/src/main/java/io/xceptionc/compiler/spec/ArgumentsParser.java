package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.Keyword;
import io.xceptionc.compiler.language.attribute.Arguments;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.FrameworkWords;
import io.xceptionc.compiler.language.attribute.NotOffered;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.Value.Entry;
import io.xceptionc.compiler.language.attribute.Value.Mapping;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the keys of a mapping, and those of its values that no variable decides, against a keyword's attributes. */
final class ArgumentsParser {

    private final Diagnostics diagnostics;

    ArgumentsParser(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Checks what stands at an operator or another keyword that begins a layer. */
    Arguments parse(Keyword keyword, Mapping mapping) {
        return parse(keyword, keyword.word(), mapping);
    }

    /**
     * The entries that are attributes of the keyword; a key that is nearly one is reported and taken for it.
     *
     * @param subject what the reports call the thing that has the attributes
     */
    Arguments parse(Keyword keyword, String subject, Mapping mapping) {
        Map<String, Value> values = new LinkedHashMap<>();
        Set<String> given = new HashSet<>();
        mapping.entries().forEach(entry -> given.add(entry.key().text()));
        for (Entry entry : mapping.entries()) {
            Optional<Attribute<?>> exact = keyword.attribute(entry.key().text());
            Optional<Attribute<?>> meant = exact.isPresent()
                    ? exact
                    : unknown(keyword, subject, entry.key()).filter(near -> !given.contains(near.name()));
            meant.ifPresent(attribute -> {
                values.putIfAbsent(attribute.name(), entry.value());
                check(attribute, entry.value());
            });
        }
        return Arguments.of(values);
    }

    /** Reports each attribute that must be there and is not, at the keyword. */
    void requireAll(Keyword keyword, String subject, Arguments arguments, SourceSpan span) {
        keyword.attributes().stream().filter(attribute -> attribute.isRequired() && arguments.get(attribute).isEmpty())
                .forEach(attribute -> diagnostics.report(DiagnosticCode.E104, span,
                        subject + " lacks '" + attribute.name() + "'", attribute.wayToGive()));
    }

    private Optional<Attribute<?>> unknown(Keyword keyword, String subject, Scalar key) {
        List<String> names = keyword.attributeNames();
        String help = FrameworkWords.didYouMean(key.text(), names, NotOffered.ATTRIBUTES,
                subject + " takes " + String.join(", ", names));
        diagnostics.report(DiagnosticCode.E103, key.span(), subject + " has no " + Quotation.of(key.text()),
                help);
        return FrameworkWords.meant(key.text(), names, NotOffered.ATTRIBUTES).flatMap(keyword::attribute);
    }

    private void check(Attribute<?> attribute, Value value) {
        if (!value.hasVariables()) {
            attribute.type().read(attribute.name(), value, diagnostics);
        }
    }
}
