package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.language.AttributeValues;
import io.xceptionc.compiler.language.Keyword;
import io.xceptionc.compiler.language.attribute.Arguments;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.StructureType;
import io.xceptionc.compiler.language.attribute.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The attributes of one layer, variables replaced and defaults filled in, as what they stand for. */
final class LayerArguments implements AttributeValues {

    private final SourceSpan span;
    private final Diagnostics diagnostics;
    private final Map<Attribute<?>, Object> values = new HashMap<>();
    private final Map<Attribute<?>, SourceSpan> spans = new HashMap<>();
    private boolean complete = true;

    private LayerArguments(SourceSpan span, Diagnostics diagnostics) {
        this.span = span;
        this.diagnostics = diagnostics;
    }

    /**
     * Reads the attributes of a keyword but those that hold layers; all that are wrong or missing are reported.
     *
     * @param given what the layer says
     * @param defaults what the spec's defaults say, without variables
     * @param span the keyword's place
     * @param variables what the layer's values can use
     */
    static LayerArguments read(Keyword keyword, Arguments given, Arguments defaults, SourceSpan span,
            Variables variables, Diagnostics diagnostics) {
        LayerArguments arguments = new LayerArguments(span, diagnostics);
        for (Attribute<?> attribute : keyword.attributes()) {
            if (!(attribute.type() instanceof StructureType)) {
                Optional<Value> own = given.get(attribute);
                arguments.read(keyword, attribute, own.or(() -> defaults.get(attribute)),
                        own.isPresent() ? variables : Variables.NONE);
            }
        }
        return arguments;
    }

    private void read(Keyword keyword, Attribute<?> attribute, Optional<Value> given, Variables variables) {
        Optional<?> value;
        if (given.isPresent()) {
            spans.put(attribute, given.get().span());
            value = variables.substitute(given.get(), diagnostics)
                    .flatMap(known -> attribute.type().read(attribute.name(), known, diagnostics));
            complete &= value.isPresent();
        } else {
            value = attribute.defaultValue();
            if (attribute.isRequired()) {
                complete = false;
                diagnostics.report(DiagnosticCode.E104, span, keyword.word() + " lacks '" + attribute.name() + "'",
                        attribute.wayToGive());
            }
        }
        value.ifPresent(known -> values.put(attribute, known));
    }

    /** Whether all attributes have values that can be used. */
    boolean isComplete() {
        return complete;
    }

    /** The value of an attribute; empty if it is not given and has no fixed default, or is wrong. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> Optional<T> find(Attribute<T> attribute) {
        return Optional.ofNullable((T) values.get(attribute));
    }

    /** Where the value of an attribute stands; the keyword's place if it is not given. */
    SourceSpan span(Attribute<?> attribute) {
        return spans.getOrDefault(attribute, span);
    }

    /** Where a misfit is best seen: at the first attribute it blames that is given, else at the keyword. */
    SourceSpan placeOf(ShapeException misfit) {
        return misfit.attributes().stream().flatMap(name -> spans.entrySet().stream()
                .filter(given -> given.getKey().name().equals(name)).map(Map.Entry::getValue)).findFirst().orElse(span);
    }

    /** The keyword's place. */
    SourceSpan span() {
        return span;
    }
}
