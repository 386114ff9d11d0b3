package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import java.util.Optional;

/**
 * A line of text for people, which never enters source.
 *
 * @param longest how many characters it may have
 * @param example such a line
 */
public record LineType(int longest, String example) implements AttributeType<String> {

    @Override
    public String describe() {
        return "a line of text, of at most " + longest + " characters";
    }

    @Override
    public Optional<String> read(String name, Value value, Diagnostics diagnostics) {
        if (value instanceof Scalar scalar && !scalar.isNull() && !scalar.text().isBlank()
                && scalar.text().length() <= longest && scalar.text().chars().noneMatch(Character::isISOControl)) {
            return Optional.of(scalar.text());
        }
        return Complaints.wrong(name, this, value, "write " + name + ": " + example, diagnostics);
    }
}
