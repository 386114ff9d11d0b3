package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import java.util.Optional;

/**
 * An integer for both axes of an image, or {@code [height, width]}.
 *
 * @param each what each integer may be
 */
public record PairType(IntegerType each) implements ValueType<Pair> {

    @Override
    public String describe() {
        return each.describe() + ", or [height, width]";
    }

    @Override
    public String write(Pair value) {
        return value.height() == value.width()
                ? each.write(value.height())
                : "[" + each.write(value.height()) + ", " + each.write(value.width()) + "]";
    }

    @Override
    public Optional<Pair> read(String name, Value value, Diagnostics diagnostics) {
        if (value instanceof Sequence list && list.items().size() == 2) {
            Optional<Integer> height = each.read(name, list.items().getFirst(), diagnostics);
            Optional<Integer> width = each.read(name, list.items().getLast(), diagnostics);
            return height.flatMap(rows -> width.map(columns -> new Pair(rows, columns)));
        }
        Optional<Integer> both = each.parse(value);
        return both.isPresent()
                ? both.map(number -> new Pair(number, number))
                : Complaints.wrong(name, this, value,
                        value instanceof Value.Scalar
                                ? each.hint(value)
                                : "write " + name + ": 3 or " + name + ": [3, 3]",
                        diagnostics);
    }
}
