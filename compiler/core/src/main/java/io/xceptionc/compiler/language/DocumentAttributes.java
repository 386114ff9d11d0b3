package io.xceptionc.compiler.language;

import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.ChoiceType;
import io.xceptionc.compiler.language.attribute.IntegerType;
import io.xceptionc.compiler.language.attribute.LineType;
import io.xceptionc.compiler.language.attribute.NumberType;
import io.xceptionc.compiler.language.attribute.NumbersType;
import io.xceptionc.compiler.language.attribute.ShapeType;
import io.xceptionc.compiler.language.attribute.StructureType;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.WordType;
import java.util.List;

/** The attributes of everything in a spec that is no layer, each defined once. */
public final class DocumentAttributes {

    private static final NumbersType FACTORS = new NumbersType(new NumberType(-1e9, 1e9));
    private static final NumbersType DEVIATIONS = new NumbersType(new NumberType(1e-9, 1e9));
    private static final ChoiceType METHODS = ChoiceType.of("nearest", "bilinear", "plain_bilinear", "bicubic");

    /** Of the document. */
    public static final Attribute<String> MODEL =
            Attribute.required("model", WordType.MODEL_NAME, "my_model", "name of the model");
    /** Of the document. */
    public static final Attribute<Value> WEIGHTS =
            Attribute.optional("weights", StructureType.WEIGHTS, "keras",
                    "whose names and layouts the weights file has");
    /** Of the document. */
    public static final Attribute<Value> INPUT =
            Attribute.required("input", StructureType.INPUT, "{shape: [299, 299, 3]}",
                    "shape of the input, and how a picture becomes one");
    /** Of the document. */
    public static final Attribute<Value> LABELS =
            Attribute.derived("labels", StructureType.LABELS, "none", "names of the classes, in order");
    /** Of the document. */
    public static final Attribute<Value> OUTPUTS = Attribute.derived("outputs", StructureType.OUTPUTS, "the last layer",
            "the layers whose results the network yields, in order, each called as its layer or by a name of its own");
    /** Of the document. */
    public static final Attribute<String> LICENSE =
            Attribute.derived("license", new LineType(1000, "Apache-2.0"), "none",
                    "under which terms the spec and the weights may be used; stands in the model jar");
    /** Of the document. */
    public static final Attribute<Value> DEFAULTS = Attribute.derived("defaults", StructureType.DEFAULTS, "none",
            "attributes that all layers of an operator take unless they say otherwise");
    /** Of the document. */
    public static final Attribute<Value> BLOCKS =
            Attribute.derived("blocks", StructureType.BLOCKS, "none", "groups of layers to use by name");
    /** Of the document. */
    public static final Attribute<Value> LAYERS =
            Attribute.required("layers", StructureType.LAYERS, "[relu]",
                    "the network; the last layer is its output, unless outputs says otherwise");

    /** Of the weights. */
    public static final Attribute<String> CONVENTION = Attribute.optional("convention",
            ChoiceType.of("keras", "pytorch"), "keras", "whose names and layouts the weights file has");
    /** Of the weights. */
    public static final Attribute<Value> RENAME = Attribute.derived("rename", StructureType.RENAME, "none",
            "patterns of the file's names, each with the name to bind such a tensor by");

    /** Of the input. */
    public static final Attribute<ShapeType.Shape> SHAPE =
            Attribute.required("shape", new ShapeType(), "[299, 299, 3]", "shape of the network's input");
    /** Of the input. */
    public static final Attribute<Value> RESIZE =
            Attribute.optional("resize", StructureType.RESIZE, "bilinear", "how a picture is brought to that size");
    /** Of the input. */
    public static final Attribute<String> COLOR =
            Attribute.derived("color", ChoiceType.of("rgb", "bgr", "grey"), "rgb; grey with one channel",
                    "order of the channels");
    /** Of the input. */
    public static final Attribute<List<Double>> SCALE =
            Attribute.optional("scale", FACTORS, "1/255", "factor of the values 0 to 255");
    /** Of the input. */
    public static final Attribute<List<Double>> OFFSET =
            Attribute.optional("offset", FACTORS, "0", "summand, after scale");
    /** Of the input. */
    public static final Attribute<List<Double>> MEAN =
            Attribute.derived("mean", FACTORS, "none", "with std, instead of scale and offset: (x / 255 - mean) / std");
    /** Of the input. */
    public static final Attribute<List<Double>> STD = Attribute.derived("std", DEVIATIONS, "none", "with mean");

    /** Of the input. */
    public static final Attribute<Value> ARRAYS = Attribute.optional("arrays", StructureType.ARRAYS, "scaled",
            "what arrays hold: scaled, the network's input as it is; raw, what scale and offset, or mean and std, are for");

    /** Of arrays: in words. */
    public static final Attribute<String> ARRAY_VALUES =
            Attribute.optional("arrays", ChoiceType.of("scaled", "raw"), "scaled", "what arrays hold");
    /** Of arrays. */
    public static final Attribute<List<Double>> ARRAY_SCALE =
            Attribute.optional("scale", FACTORS, "1", "factor of an array's values");
    /** Of arrays. */
    public static final Attribute<List<Double>> ARRAY_OFFSET =
            Attribute.optional("offset", FACTORS, "0", "summand, after scale");

    /** Of resize. */
    public static final Attribute<String> METHOD =
            Attribute.optional("method", METHODS, "bilinear",
                    "how a pixel is computed, as Pillow does; plain_bilinear as OpenCV and TensorFlow do, without smoothing");
    /** Of resize. */
    public static final Attribute<Integer> SHORTER_SIDE =
            Attribute.derived("shorter_side", new IntegerType(1, 8192), "the exact size, without a crop",
                    "resize so that the shorter side has so many pixels, then crop the centre");
    /** Of resize. */
    public static final Attribute<Integer> LETTERBOX =
            Attribute.derived("letterbox", new IntegerType(0, 255), "no frame",
                    "keep the picture's proportions in a frame of this level, 0 for black, as Pillow's ImageOps.pad");

    /** Of an output. */
    public static final Attribute<String> OUTPUT_LAYER = Attribute.derived("layer", WordType.LAYER_NAME,
            "the output's name", "name of the layer whose result it is");
    /** Of an output. */
    public static final Attribute<Value> OUTPUT_LABELS =
            Attribute.derived("labels", StructureType.LABELS, "none", "names of its classes, in order");

    /** Of a block. */
    public static final Attribute<Value> PARAMETERS = Attribute.derived("parameters", StructureType.PARAMETERS, "none",
            "variables for ${...}, with or without default values");
    /** Of a block. */
    public static final Attribute<Value> BLOCK_LAYERS =
            Attribute.required("layers", StructureType.LAYERS, "[relu]", "what the block consists of");

    private DocumentAttributes() {}
}
