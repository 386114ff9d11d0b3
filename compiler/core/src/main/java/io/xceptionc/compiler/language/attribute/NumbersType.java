package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A real number for all channels, or a list with one for each.
 *
 * @param each what each number may be
 */
public record NumbersType(NumberType each) implements ValueType<List<Double>> {

    /** How many channels a list may have. */
    private static final int LONGEST = 4096;

    @Override
    public String describe() {
        return each.describe() + ", or a list with one for each channel";
    }

    @Override
    public String write(List<Double> value) {
        return value.size() == 1
                ? each.write(value.getFirst())
                : value.stream().map(each::write).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public Optional<List<Double>> read(String name, Value value, Diagnostics diagnostics) {
        if (!(value instanceof Sequence list)) {
            Optional<Double> number = each.parse(value);
            return number.isPresent()
                    ? number.map(List::of)
                    : Complaints.wrong(name, this, value, each.hint(value), diagnostics);
        }
        if (list.items().isEmpty() || list.items().size() > LONGEST) {
            return Complaints.wrong(name, this, value, "write " + name + ": [0.5, 0.5, 0.5]", diagnostics);
        }
        List<Optional<Double>> numbers = list.items().stream().map(item -> each.read(name, item, diagnostics)).toList();
        return numbers.stream().allMatch(Optional::isPresent)
                ? Optional.of(numbers.stream().map(Optional::get).toList())
                : Optional.empty();
    }
}
