package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import java.util.Optional;

/** Reports values that are not of the type they should be. */
public final class Complaints {

    private Complaints() {}

    /** {@code 'name' must be ..., not ...}, at the value. */
    public static <T> Optional<T> wrong(String name, AttributeType<?> type, Value value, Diagnostics diagnostics) {
        return wrong(name, type, value, "write " + name + ": " + type.describe(), diagnostics);
    }

    /** {@code 'name' must be ..., not ...}, at the value, with a way out of its own. */
    public static <T> Optional<T> wrong(String name, AttributeType<?> type, Value value, String help,
            Diagnostics diagnostics) {
        String wayOut = value instanceof Scalar scalar && !scalar.plain() && isNumberOrBoolean(scalar.text())
                ? "remove the quotes"
                : help;
        diagnostics.report(DiagnosticCode.E105, value.span(),
                "'" + name + "' must be " + type.describe() + ", not " + value.describe(),
                wayOut);
        return Optional.empty();
    }

    /** {@code 'name' has 2000 items, more than 1000}, at the list. */
    public static <T> Optional<T> tooMany(String name, Sequence list, int most, String help, Diagnostics diagnostics) {
        diagnostics.report(DiagnosticCode.E102, list.span(),
                "'" + name + "' has " + list.items().size() + " items, more than " + most, help);
        return Optional.empty();
    }

    private static boolean isNumberOrBoolean(String text) {
        return Numbers.parse(text).isPresent() || BooleanType.parse(text).isPresent();
    }
}
