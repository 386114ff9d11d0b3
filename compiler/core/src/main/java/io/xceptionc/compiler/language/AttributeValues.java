package io.xceptionc.compiler.language;

import io.xceptionc.compiler.language.attribute.Attribute;
import java.util.Optional;

/** The values of a layer's attributes, defaults filled in. */
public interface AttributeValues {

    /** Of a layer that says nothing: the fixed defaults. */
    AttributeValues DEFAULTS = new AttributeValues() {
        @Override
        public <T> Optional<T> find(Attribute<T> attribute) {
            return attribute.defaultValue();
        }
    };

    /** The value of an attribute; empty if it is not given and has no fixed default. */
    <T> Optional<T> find(Attribute<T> attribute);

    /** The value of an attribute that has one in every complete layer. */
    default <T> T get(Attribute<T> attribute) {
        return find(attribute).orElseThrow(() -> new IllegalStateException("no value for " + attribute.name()));
    }
}
