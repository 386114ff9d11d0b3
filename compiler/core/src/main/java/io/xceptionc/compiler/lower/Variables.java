package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.diagnostic.Suggestions;
import io.xceptionc.compiler.language.attribute.IntegerType;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import io.xceptionc.compiler.language.attribute.WordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The variables that can be seen at one place, and what they stand for. Immutable. */
final class Variables {

    /** No variables. */
    static final Variables NONE = new Variables(Optional.empty(), Map.of());

    private static final int MOST_NAMES = 20;
    private static final int LONGEST_TEXT = 1000;

    /** What a variable stands for. */
    private sealed interface Binding {}

    private record Given(Value value) implements Binding {}

    private record Counted(long value) implements Binding {}

    private final Optional<Variables> outer;
    private final Map<String, Binding> own;

    private Variables(Optional<Variables> outer, Map<String, Binding> own) {
        this.outer = outer;
        this.own = own;
    }

    /** A block's parameters; nothing else is seen there. */
    static Variables ofParameters(Map<String, Value> values) {
        return new Variables(Optional.empty(), values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Given(entry.getValue()))));
    }

    /** These and the index of a repeat. */
    Variables withIndex(String name, long value) {
        return new Variables(Optional.of(this), Map.of(name, new Counted(value)));
    }

    /** Whether there is a variable of this name. */
    boolean contains(String name) {
        return find(name).isPresent();
    }

    private Optional<Binding> find(String name) {
        for (Optional<Variables> scope = Optional.of(this); scope.isPresent(); scope = scope.get().outer) {
            if (scope.get().own.containsKey(name)) {
                return Optional.of(scope.get().own.get(name));
            }
        }
        return Optional.empty();
    }

    /** The integer that a variable stands for. */
    long integer(String name) throws ExpressionException {
        return switch (require(name)) {
            case Counted(long value) -> value;
            case Given(Value value) -> new IntegerType(Integer.MIN_VALUE, Integer.MAX_VALUE).parse(value)
                    .orElseThrow(() -> new ExpressionException(DiagnosticCode.E111,
                            "'" + name + "' is " + value.describe() + ", no integer to compute with",
                            "compute with integers; ${" + name + "} alone stands for any value"));
        };
    }

    private Value value(String name, SourceSpan span) throws ExpressionException {
        return switch (require(name)) {
            case Counted(long value) -> number(value, span);
            case Given(Value value) -> value;
        };
    }

    private Binding require(String name) throws ExpressionException {
        Optional<Binding> binding = find(name);
        if (binding.isPresent()) {
            return binding.get();
        }
        Set<String> names = names();
        String otherwise = names.isEmpty()
                ? "there are no variables here; a block sees only its own parameters"
                : "there is " + String.join(", ", names) + "; a block sees only its own parameters";
        throw new ExpressionException(DiagnosticCode.E108, "there is no variable " + Quotation.of(name) + " here",
                Suggestions.didYouMean(name, names, otherwise));
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Optional<Variables> scope = Optional.of(this); scope.isPresent(); scope = scope.get().outer) {
            scope.get().own.keySet().stream().limit(Math.max(0, MOST_NAMES - names.size())).forEach(names::add);
        }
        return names;
    }

    /** The value with each <code>${...}</code> replaced; empty, and reported, where that cannot be done. */
    Optional<Value> substitute(Value value, Diagnostics diagnostics) {
        if (!value.hasVariables()) {
            return Optional.of(value);
        }
        return switch (value) {
            case Scalar scalar -> substituteScalar(scalar, diagnostics);
            case Sequence list -> substituteItems(list, diagnostics);
            case Value.Mapping mapping -> {
                diagnostics.report(DiagnosticCode.E111, mapping.span(), "variables cannot stand inside a mapping here",
                        "write the values themselves");
                yield Optional.empty();
            }
        };
    }

    private Optional<Value> substituteItems(Sequence list, Diagnostics diagnostics) {
        List<Value> items = new ArrayList<>();
        for (Value item : list.items()) {
            Optional<Value> substituted =
                    item instanceof Scalar scalar ? substituteScalar(scalar, diagnostics) : Optional.of(item);
            if (substituted.isPresent() && item.hasVariables() && !(substituted.get() instanceof Scalar)) {
                diagnostics.report(DiagnosticCode.E111, item.span(), "a list cannot stand for one item of a list",
                        "put ${...} in place of the whole list");
                substituted = Optional.empty();
            }
            substituted.ifPresent(items::add);
        }
        return items.size() == list.items().size() ? Optional.of(new Sequence(items, list.span())) : Optional.empty();
    }

    private Optional<Value> substituteScalar(Scalar scalar, Diagnostics diagnostics) {
        try {
            return Optional.of(expand(scalar));
        } catch (ExpressionException problem) {
            diagnostics.report(problem.code(), scalar.span(), problem.getMessage(), problem.help());
            return Optional.empty();
        }
    }

    private Value expand(Scalar scalar) throws ExpressionException {
        String text = scalar.text();
        StringBuilder expanded = new StringBuilder();
        int position = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", position)) {
            int end = text.indexOf('}', start);
            if (end < 0) {
                throw new ExpressionException(DiagnosticCode.E111, "${ has no closing }", "write ${name}");
            }
            String inner = text.substring(start + 2, end).strip();
            Value value = WordType.VARIABLE_NAME.accepts(inner)
                    ? value(inner, scalar.span())
                    : number(Expression.evaluate(inner, this), scalar.span());
            if (start == 0 && end == text.length() - 1) {
                return value;
            }
            append(expanded, text.substring(position, start));
            append(expanded, textOf(inner, value));
            position = end + 1;
        }
        append(expanded, text.substring(position));
        return new Scalar(expanded.toString(), scalar.plain(), scalar.span());
    }

    private static void append(StringBuilder expanded, String part) throws ExpressionException {
        if (expanded.length() + part.length() > LONGEST_TEXT) {
            throw new ExpressionException(DiagnosticCode.E111,
                    "the text becomes longer than " + LONGEST_TEXT + " characters", "use shorter values");
        }
        expanded.append(part);
    }

    private static Scalar number(long value, SourceSpan span) {
        return new Scalar(Long.toString(value), true, span);
    }

    private static String textOf(String name, Value value) throws ExpressionException {
        if (value instanceof Scalar scalar) {
            return scalar.text();
        }
        throw new ExpressionException(DiagnosticCode.E111,
                "'" + Quotation.line(name) + "' is " + value.describe() + " and cannot stand in a text",
                "only words and numbers can be part of a text");
    }
}
