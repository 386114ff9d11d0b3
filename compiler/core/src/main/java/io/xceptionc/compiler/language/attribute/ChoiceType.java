package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import java.util.List;
import java.util.Optional;

/**
 * One of a few words.
 *
 * @param words the words
 */
public record ChoiceType(List<String> words) implements ValueType<String> {

    public ChoiceType {
        words = List.copyOf(words);
    }

    /** One of the given words. */
    public static ChoiceType of(String... words) {
        return new ChoiceType(List.of(words));
    }

    @Override
    public String describe() {
        return words.size() == 1
                ? words.getFirst()
                : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    @Override
    public String write(String value) {
        return value;
    }

    @Override
    public Optional<String> read(String name, Value value, Diagnostics diagnostics) {
        if (value instanceof Scalar scalar && words.contains(scalar.text())) {
            return Optional.of(scalar.text());
        }
        String help = value instanceof Scalar scalar
                ? FrameworkWords.didYouMean(scalar.text(), words, NotOffered.LAYERS, "write one of these words")
                : "write one of these words";
        return Complaints.wrong(name, this, value, help, diagnostics);
    }
}
