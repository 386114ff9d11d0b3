package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Suggestions;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import java.util.List;
import java.util.Optional;

/**
 * Padding: {@code n}, {@code [vertical, horizontal]} or {@code [top, bottom, left, right]}, or a word.
 *
 * @param hasWords whether {@code valid} and {@code same} are allowed
 */
public record PaddingType(boolean hasWords) implements ValueType<PaddingRule> {

    private static final IntegerType SIDE = new IntegerType(0, 1024);
    private static final List<String> WORDS = List.of("valid", "same");

    @Override
    public String describe() {
        return (hasWords ? "valid, same, " : "") + SIDE.describe()
                + ", [vertical, horizontal] or [top, bottom, left, right]";
    }

    /** What each side may be. */
    public IntegerType side() {
        return SIDE;
    }

    @Override
    public String write(PaddingRule value) {
        return switch (value) {
            case PaddingRule.Same _ -> "same";
            case PaddingRule.Explicit sides when hasWords && sides.isNone() -> "valid";
            case PaddingRule.Explicit(int top, int bottom, int left, int right) when top != bottom || left != right ->
                    List.of(top, bottom, left, right).toString();
            case PaddingRule.Explicit(int vertical, _, int horizontal, _) ->
                    vertical == horizontal ? SIDE.write(vertical) : List.of(vertical, horizontal).toString();
        };
    }

    @Override
    public Optional<PaddingRule> read(String name, Value value, Diagnostics diagnostics) {
        return switch (value) {
            case Sequence list when list.items().size() == 2 || list.items().size() == 4 ->
                    sides(name, list, diagnostics);
            case Scalar word when hasWords && word.text().equals("same") -> Optional.of(new PaddingRule.Same());
            case Scalar word when hasWords && word.text().equals("valid") ->
                    Optional.of(new PaddingRule.Explicit(0, 0, 0, 0));
            case Scalar number when SIDE.parse(number).isPresent() ->
                    SIDE.parse(number).map(side -> new PaddingRule.Explicit(side, side, side, side));
            case Scalar scalar -> Complaints.wrong(name, this, value, hint(scalar), diagnostics);
            case Sequence _, Value.Mapping _ -> Complaints.wrong(name, this, value,
                    "write " + name + ": 1 or " + name + ": [1, 1, 1, 1]", diagnostics);
        };
    }

    private String hint(Scalar scalar) {
        if (Numbers.parse(scalar.text()).isPresent() || !hasWords) {
            return SIDE.hint(scalar);
        }
        return Suggestions.didYouMean(scalar.text(), WORDS, "write same, valid or a number");
    }

    private static Optional<PaddingRule> sides(String name, Sequence list, Diagnostics diagnostics) {
        List<Integer> sides =
                list.items().stream().flatMap(item -> SIDE.read(name, item, diagnostics).stream()).toList();
        if (sides.size() != list.items().size()) {
            return Optional.empty();
        }
        int vertical = sides.getFirst();
        return Optional.of(sides.size() == 2
                ? new PaddingRule.Explicit(vertical, vertical, sides.get(1), sides.get(1))
                : new PaddingRule.Explicit(vertical, sides.get(1), sides.get(2), sides.get(3)));
    }
}
