package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.spec.Attribute;
import java.util.Optional;

/**
 * What is to be said of one attribute of a layer.
 *
 * @param attribute the attribute
 * @param text its value as an author writes it
 * @param omitted what it is if neither the layer nor the spec's defaults say anything
 */
record Setting(Attribute<?> attribute, String text, Optional<String> omitted) {

    /** Whether it goes without saying. */
    boolean isOmissible() {
        return omitted.filter(text::equals).isPresent();
    }
}
