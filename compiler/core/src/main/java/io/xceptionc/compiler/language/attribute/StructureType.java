package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import java.util.Optional;

/** Values that hold further parts of the language; the parser goes into them. */
public enum StructureType implements AttributeType<Value> {
    /** Layers one after another. */
    LAYERS("a list of layers"),
    /** Parallel lists of layers. */
    PATHS("a list of two or more lists of layers"),
    /** Of the document. */
    INPUT("a mapping with shape and preprocessing"),
    /** Of the document. */
    WEIGHTS("keras, pytorch, or {convention, rename}"),
    /** Of the weights. */
    RENAME("a mapping from patterns of names to names"),
    /** Of the input. */
    RESIZE("nearest, bilinear, plain_bilinear, bicubic, or {method, shorter_side or letterbox}"),
    /** Of the input. */
    ARRAYS("scaled, raw, or {scale, offset}"),
    /** Of the document. */
    LABELS("a list of labels, or the name of a file with one label on each line"),
    /** Of the document. */
    OUTPUTS("a list of layers, or a mapping from names to layers or {layer, labels}"),
    /** Of the document. */
    DEFAULTS("a mapping from operators to attributes"),
    /** Of the document. */
    BLOCKS("a mapping from names to blocks"),
    /** Of a block. */
    PARAMETERS("a list of names, or a mapping from names to default values"),
    /** Of a block's call. */
    PARAMETER_VALUES("a mapping from the block's parameters to values");

    private final String description;

    StructureType(String description) {
        this.description = description;
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public Optional<Value> read(String name, Value value, Diagnostics diagnostics) {
        return Optional.of(value);
    }
}
