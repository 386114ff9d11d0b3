package io.xceptionc.compiler.language;

import io.xceptionc.compiler.language.attribute.Attribute;
import java.util.List;

/** The keywords that give a spec its structure. */
public enum Structure implements Keyword {
    /** The whole document. */
    SPEC("spec", "The document.", false, DocumentAttributes.MODEL, DocumentAttributes.WEIGHTS, DocumentAttributes.INPUT,
            DocumentAttributes.LABELS, DocumentAttributes.LICENSE, DocumentAttributes.DEFAULTS,
            DocumentAttributes.BLOCKS,
            DocumentAttributes.LAYERS, DocumentAttributes.OUTPUTS),
    /** The long form of weights. */
    WEIGHTS("weights",
            "How the tensors of a weights file find their layers; the convention's name alone is the short form.",
            false, DocumentAttributes.CONVENTION, DocumentAttributes.RENAME),
    /** Shape and preprocessing. */
    INPUT("input", "The input's shape, and how a picture or an array becomes an input.", false,
            DocumentAttributes.SHAPE,
            DocumentAttributes.RESIZE,
            DocumentAttributes.COLOR, DocumentAttributes.SCALE, DocumentAttributes.OFFSET, DocumentAttributes.MEAN,
            DocumentAttributes.STD, DocumentAttributes.ARRAYS),
    /** The long form of resize. */
    RESIZE("resize", "How a picture is brought to the input's size; the method's name alone is the short form.", false,
            DocumentAttributes.METHOD, DocumentAttributes.SHORTER_SIDE, DocumentAttributes.LETTERBOX),
    /** The long form of arrays. */
    ARRAYS("arrays",
            "What the model computes of arrays: x * scale + offset. A picture becomes such an array by the input's own scale and"
                    + " offset, or mean and std.",
            false, DocumentAttributes.ARRAY_SCALE, DocumentAttributes.ARRAY_OFFSET),
    /** The long form of an output. */
    OUTPUTS("outputs",
            "Each entry is an output under its name; the layer's name alone is the short form. An output with labels, or of a"
                    + " layer that ends in softmax, is of classes, one of more than a pixel is an image, others are numbers.",
            false, DocumentAttributes.OUTPUT_LAYER, DocumentAttributes.OUTPUT_LABELS),
    /** One block. */
    BLOCKS("blocks", "Each entry is a group of layers with parameters.", false, DocumentAttributes.PARAMETERS,
            DocumentAttributes.BLOCK_LAYERS),
    /** Layers several times in a row. */
    REPEAT("repeat", "Layers several times in a row; the other attributes stand beside it.", true,
            LayerAttributes.REPEAT, LayerAttributes.INDEX,
            LayerAttributes.FROM, LayerAttributes.STEP, LayerAttributes.REPEAT_WEIGHTS,
            LayerAttributes.REPEATED_LAYERS),
    /** A block's layers. */
    BLOCK("block", "The layers of a block; the other attributes stand beside it.", true, LayerAttributes.BLOCK,
            LayerAttributes.WITH,
            LayerAttributes.SCOPE_NAME, LayerAttributes.INPUT),
    /** A sum of a body and a shortcut. */
    RESIDUAL("residual", "Adds the result of the body to the input, or to the result of the shortcut.", true,
            LayerAttributes.NAME,
            LayerAttributes.INPUT, LayerAttributes.BODY, LayerAttributes.SHORTCUT),
    /** Parallel paths. */
    BRANCHES("branches", "Paths side by side from one input, merged.", true, LayerAttributes.NAME,
            LayerAttributes.INPUT, Merges.MERGE,
            LayerAttributes.PATHS);

    private final String word;
    private final String description;
    private final boolean isLayer;
    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of immutable records
    private final List<Attribute<?>> attributes;

    Structure(String word, String description, boolean isLayer, Attribute<?>... attributes) {
        this.word = word;
        this.description = description;
        this.isLayer = isLayer;
        this.attributes = List.of(attributes);
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String description() {
        return description;
    }

    /** Whether it can stand in a list of layers. */
    public boolean isLayer() {
        return isLayer;
    }

    @Override
    public List<Attribute<?>> attributes() {
        return attributes;
    }
}
