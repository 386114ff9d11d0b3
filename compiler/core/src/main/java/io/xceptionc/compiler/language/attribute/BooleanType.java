package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import java.util.Locale;
import java.util.Optional;

/** Yes or no. */
public record BooleanType() implements ValueType<Boolean> {

    @Override
    public String describe() {
        return "true or false";
    }

    @Override
    public String write(Boolean value) {
        return Boolean.toString(value);
    }

    @Override
    public Optional<Boolean> read(String name, Value value, Diagnostics diagnostics) {
        Optional<Boolean> truth =
                value instanceof Scalar scalar && scalar.plain() ? parse(scalar.text()) : Optional.empty();
        return truth.isPresent() ? truth : Complaints.wrong(name, this, value, hint(name, value), diagnostics);
    }

    private static String hint(String name, Value value) {
        String word = value instanceof Scalar scalar ? scalar.text().toLowerCase(Locale.ROOT) : "";
        return switch (word) {
            case "yes", "on", "y", "1" -> "write " + name + ": true";
            case "no", "off", "n", "0" -> "write " + name + ": false";
            default -> "write true or false";
        };
    }

    /** As YAML 1.2 writes them. */
    static Optional<Boolean> parse(String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> Optional.of(true);
            case "false", "False", "FALSE" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
