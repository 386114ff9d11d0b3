package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.util.Optional;

/**
 * An attribute of the language, as a keyword has it.
 *
 * @param name what an author writes before the colon
 * @param type what may stand behind the colon
 * @param byDefault what it is where it is not given
 * @param description one line for people, without a full stop
 * @param <T> what its value is read as
 */
public record Attribute<T>(String name, AttributeType<T> type, Default byDefault, String description) {

    /** One that must be given, with an example of its value. */
    public static <T> Attribute<T> required(String name, AttributeType<T> type, String example, String description) {
        return new Attribute<>(name, type, new Default.Required(example), description);
    }

    /** One with a fixed value, written as in a spec, where it is not given. */
    public static <T> Attribute<T> optional(String name, AttributeType<T> type, String defaultText,
            String description) {
        return new Attribute<>(name, type, new Default.Literal(defaultText), description);
    }

    /** One whose value, where it is not given, depends on the rest. */
    public static <T> Attribute<T> derived(String name, AttributeType<T> type, String defaultInWords,
            String description) {
        return new Attribute<>(name, type, new Default.Described(defaultInWords), description);
    }

    /** The fixed value that it has where it is not given, if there is one. */
    public Optional<T> defaultValue() {
        return byDefault instanceof Default.Literal literal
                ? type.read(name, new Value.Scalar(literal.text(), true, SourceSpan.ofFile("default")),
                        new Diagnostics())
                : Optional.empty();
    }

    /** The value given, or else the fixed one by default; empty if there is neither, or if it is reported as wrong. */
    public Optional<T> read(Arguments arguments, Diagnostics diagnostics) {
        Optional<Value> given = arguments.get(this);
        return given.isPresent() ? type.read(name, given.get(), diagnostics) : defaultValue();
    }

    /** A value as an author writes it behind the colon. */
    public String write(T value) {
        if (!(type instanceof ValueType<T> written)) {
            throw new IllegalStateException("no operator has '" + name + "'");
        }
        return written.write(value);
    }

    /** Whether it must be given. */
    public boolean isRequired() {
        return byDefault instanceof Default.Required;
    }

    /** {@code name: value}, as an author might write it. */
    public String example() {
        return name + ": " + switch (byDefault) {
            case Default.Required(String example) -> example;
            case Default.Literal(String text) -> text;
            case Default.Described _ -> "...";
        };
    }

    /** How to give it, for one who has not. */
    public String wayToGive() {
        return "add " + name + ", for example " + example();
    }
}
