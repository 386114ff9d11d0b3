package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * An integer.
 *
 * @param least the least one allowed
 * @param greatest the greatest one allowed
 */
public record IntegerType(int least, int greatest) implements ValueType<Integer> {

    @Override
    public String describe() {
        return "an integer from " + least + " to " + greatest;
    }

    @Override
    public String write(Integer value) {
        return Integer.toString(value);
    }

    @Override
    public Optional<Integer> read(String name, Value value, Diagnostics diagnostics) {
        Optional<Integer> number = parse(value);
        return number.isPresent() ? number : Complaints.wrong(name, this, value, hint(value), diagnostics);
    }

    /** What to write in place of a wrong value. */
    String hint(Value value) {
        OptionalDouble number = value instanceof Scalar scalar ? Numbers.parse(scalar.text()) : OptionalDouble.empty();
        if (number.isEmpty()) {
            return "write a whole number";
        }
        return number.getAsDouble() < least
                ? "use at least " + least
                : number.getAsDouble() > greatest ? "use at most " + greatest : "use a whole number";
    }

    /** The number, if the value is one and within the bounds. */
    public Optional<Integer> parse(Value value) {
        OptionalLong number = value instanceof Scalar scalar && scalar.plain()
                ? Numbers.parseInteger(scalar.text())
                : OptionalLong.empty();
        boolean fits = number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= greatest;
        return fits ? Optional.of((int) number.getAsLong()) : Optional.empty();
    }
}
