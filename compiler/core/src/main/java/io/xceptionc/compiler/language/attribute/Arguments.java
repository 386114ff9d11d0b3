package io.xceptionc.compiler.language.attribute;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a spec gives for the attributes of one keyword, as it stands there; every key is an attribute of the keyword.
 *
 * @param values by the attribute's name, in the spec's order
 */
public record Arguments(SequencedMap<String, Value> values) {

    /** Nothing given. */
    public static final Arguments NONE = new Arguments(new LinkedHashMap<>());

    public Arguments {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /** With the given values. */
    public static Arguments of(Map<String, Value> values) {
        return new Arguments(new LinkedHashMap<>(values));
    }

    /** The value of an attribute, if the spec gives one. */
    public Optional<Value> get(Attribute<?> attribute) {
        return Optional.ofNullable(values.get(attribute.name()));
    }

    /** How much there is to look at. */
    public int size() {
        return values.values().stream().mapToInt(Value::size).sum();
    }
}
