package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.attribute.Value;
import java.util.List;
import java.util.Optional;

/**
 * A group of layers to use by name.
 *
 * @param name the block's name
 * @param parameters the variables that its layers may use
 * @param layers what it consists of
 * @param span the name's place
 */
public record Block(String name, List<Parameter> parameters, List<LayerSyntax> layers, SourceSpan span) {

    public Block {
        parameters = List.copyOf(parameters);
        layers = List.copyOf(layers);
    }

    /**
     * A variable of a block.
     *
     * @param name the variable's name
     * @param byDefault its value where a call gives none
     * @param span the name's place
     */
    public record Parameter(String name, Optional<Value> byDefault, SourceSpan span) {}
}
