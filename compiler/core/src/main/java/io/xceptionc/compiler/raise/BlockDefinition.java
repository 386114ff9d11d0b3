package io.xceptionc.compiler.raise;

import java.util.List;

/**
 * A block of the spec.
 *
 * @param name what calls name it
 * @param parameters without values by default
 * @param layers what it consists of
 */
record BlockDefinition(String name, List<String> parameters, List<Phrase> layers) {

    BlockDefinition {
        parameters = List.copyOf(parameters);
        layers = List.copyOf(layers);
    }
}
