package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A real number, also as a fraction such as {@code 1/127.5}.
 *
 * @param least the least one allowed
 * @param greatest the greatest one allowed
 */
public record NumberType(double least, double greatest) implements ValueType<Double> {

    @Override
    public String describe() {
        return "a number from " + Numbers.print(least) + " to " + Numbers.print(greatest);
    }

    @Override
    public String write(Double value) {
        return DecimalText.of(value);
    }

    @Override
    public Optional<Double> read(String name, Value value, Diagnostics diagnostics) {
        Optional<Double> number = parse(value);
        return number.isPresent() ? number : Complaints.wrong(name, this, value, hint(value), diagnostics);
    }

    /** What to write in place of a wrong value. */
    String hint(Value value) {
        OptionalDouble number = value instanceof Scalar scalar ? Numbers.parse(scalar.text()) : OptionalDouble.empty();
        if (number.isEmpty()) {
            return "write a number such as 0.5 or 1/127.5";
        }
        return number.getAsDouble() < least
                ? "use at least " + Numbers.print(least)
                : "use at most " + Numbers.print(greatest);
    }

    /** The number, if the value is one and within the bounds. */
    Optional<Double> parse(Value value) {
        OptionalDouble number = value instanceof Scalar scalar && scalar.plain()
                ? Numbers.parse(scalar.text())
                : OptionalDouble.empty();
        boolean fits = number.isPresent() && number.getAsDouble() >= least && number.getAsDouble() <= greatest;
        return fits ? Optional.of(number.getAsDouble()) : Optional.empty();
    }
}
