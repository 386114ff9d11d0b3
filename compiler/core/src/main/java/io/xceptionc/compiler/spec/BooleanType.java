package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.spec.Value.Scalar;
import java.util.Optional;

/** Yes or no. */
public record BooleanType() implements AttributeType<Boolean> {

    @Override
    public String describe() {
        return "true or false";
    }

    @Override
    public Optional<Boolean> read(String name, Value value, Diagnostics diagnostics) {
        Optional<Boolean> truth =
                value instanceof Scalar scalar && scalar.plain() ? parse(scalar.text()) : Optional.empty();
        return truth.isPresent() ? truth : Complaints.wrong(name, this, value, diagnostics);
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
