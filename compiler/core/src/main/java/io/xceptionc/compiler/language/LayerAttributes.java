package io.xceptionc.compiler.language;

import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.BooleanType;
import io.xceptionc.compiler.language.attribute.ChoiceType;
import io.xceptionc.compiler.language.attribute.IntegerType;
import io.xceptionc.compiler.language.attribute.NumberType;
import io.xceptionc.compiler.language.attribute.PaddingRule;
import io.xceptionc.compiler.language.attribute.PaddingType;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.language.attribute.PairType;
import io.xceptionc.compiler.language.attribute.ReferencesType;
import io.xceptionc.compiler.language.attribute.StructureType;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.WordType;
import java.util.List;

/** The attributes that layers take, each defined once. */
public final class LayerAttributes {

    private static final IntegerType WINDOW_SIDE = new IntegerType(1, 1024);
    private static final IntegerType CHANNEL_COUNT = new IntegerType(1, 65536);
    private static final NumberType FACTOR = new NumberType(-1e6, 1e6);
    private static final ChoiceType ACTIVATIONS =
            ChoiceType.of("none", "relu", "relu6", "leaky_relu", "elu", "sigmoid", "tanh",
                    "hard_sigmoid", "hard_swish", "swish", "gelu", "softplus", "softmax");

    /** Of every layer. */
    public static final Attribute<String> NAME = Attribute.derived("name", WordType.LAYER_NAME, "from its place",
            "name of the layer, which its weights have, too");
    /** Of every layer that reads one value. */
    public static final Attribute<String> INPUT = Attribute.derived("input", WordType.LAYER_NAME, "the layer before",
            "name of the earlier layer that it reads");
    /** Of add and concat. */
    public static final Attribute<List<ReferencesType.Reference>> INPUTS =
            Attribute.required("inputs", new ReferencesType(), "[first_layer, second_layer]",
                    "names of the earlier layers that it reads");

    /** Channels of a convolution's result. */
    public static final Attribute<Integer> FILTERS =
            Attribute.required("filters", CHANNEL_COUNT, "32", "channels of the result");
    /** Size of a window. */
    public static final Attribute<Pair> KERNEL =
            Attribute.required("kernel", new PairType(WINDOW_SIDE), "3", "size of the window");
    /** Step of a convolution. */
    public static final Attribute<Pair> STRIDE =
            Attribute.optional("stride", new PairType(WINDOW_SIDE), "1", "step of the window");
    /** Step of a pooling window. */
    public static final Attribute<Pair> POOL_STRIDE =
            Attribute.derived("stride", new PairType(WINDOW_SIDE), "the kernel", "step of the window");
    /** Padding of a window. */
    public static final Attribute<PaddingRule> PADDING =
            Attribute.optional("padding", new PaddingType(true), "valid",
                    "rows and columns added around; same as TensorFlow");
    /** Distance of a kernel's taps. */
    public static final Attribute<Pair> DILATION =
            Attribute.optional("dilation", new PairType(WINDOW_SIDE), "1", "distance between the taps of the kernel");
    /** Groups of a convolution. */
    public static final Attribute<Integer> GROUPS =
            Attribute.optional("groups", CHANNEL_COUNT, "1", "parts of the channels that do not see one another");
    /** Channels that a depthwise convolution makes of each one. */
    public static final Attribute<Integer> MULTIPLIER =
            Attribute.optional("multiplier", new IntegerType(1, 1024), "1", "channels made of each channel");
    /** Whether a bias is added. */
    public static final Attribute<Boolean> BIAS =
            Attribute.optional("bias", new BooleanType(), "true", "whether a trained bias is added");
    /** What is applied to the result. */
    public static final Attribute<String> ACTIVATION =
            Attribute.optional("activation", ACTIVATIONS, "none",
                    "function applied to the result, as a layer of its own");

    /** Of a batch norm. */
    public static final Attribute<Double> EPSILON =
            Attribute.derived("epsilon", new NumberType(1e-12, 1), "1e-3 with keras weights, 1e-5 with pytorch",
                    "what is added to the variance");
    /** Of a batch norm. */
    public static final Attribute<Boolean> SCALE =
            Attribute.optional("scale", new BooleanType(), "true", "whether there is a trained factor, gamma");
    /** Of a batch norm. */
    public static final Attribute<Boolean> CENTER =
            Attribute.optional("center", new BooleanType(), "true", "whether there is a trained summand, beta");

    /** Of leaky_relu. */
    public static final Attribute<Double> SLOPE =
            Attribute.optional("slope", FACTOR, "0.01", "factor of negative values");
    /** Of elu. */
    public static final Attribute<Double> ALPHA =
            Attribute.optional("alpha", FACTOR, "1.0", "what large negative values become, negated");

    /** Of avg_pool2d. */
    public static final Attribute<Boolean> COUNT_PADDING =
            Attribute.optional("count_padding", new BooleanType(), "false",
                    "whether padding counts as zeros in the mean");
    /** Of global pools. */
    public static final Attribute<Boolean> KEEP_DIMENSIONS =
            Attribute.optional("keepdims", new BooleanType(), "false",
                    "whether the result is an image of one pixel, for convolutions to read, in place of a vector");
    /** Of dense. */
    public static final Attribute<Integer> UNITS =
            Attribute.required("units", new IntegerType(1, 1 << 20), "10", "length of the result");
    /** Of zero_pad2d. */
    public static final Attribute<PaddingRule> ZERO_PADDING =
            Attribute.required("padding", new PaddingType(false), "1", "rows and columns of zeros added around");
    /** Of dropout. */
    public static final Attribute<Double> RATE =
            Attribute.optional("rate", new NumberType(0, 1), "0.5",
                    "share of values dropped in training; without effect here");

    /** Of repeat. */
    public static final Attribute<Integer> REPEAT =
            Attribute.required("repeat", new IntegerType(0, 20_000), "3", "how often");
    /** Of repeat. */
    public static final Attribute<String> INDEX = Attribute.derived("index", WordType.VARIABLE_NAME, "no variable",
            "variable that counts, for ${...} in the layers");
    /** Of repeat. */
    public static final Attribute<Integer> FROM =
            Attribute.optional("from", new IntegerType(-1_000_000, 1_000_000), "0", "first value of the index");
    /** Of repeat. */
    public static final Attribute<Integer> STEP =
            Attribute.optional("step", new IntegerType(-1_000_000, 1_000_000), "1", "what the index grows by");
    /** Of repeat. */
    public static final Attribute<String> REPEAT_WEIGHTS =
            Attribute.optional("weights", ChoiceType.of("fresh", "shared"), "fresh",
                    "whether each pass has weights of its own");
    /** Of repeat. */
    public static final Attribute<Value> REPEATED_LAYERS =
            Attribute.required("layers", StructureType.LAYERS, "[relu]", "what is repeated");

    /** Of a block's call. */
    public static final Attribute<String> BLOCK =
            Attribute.required("block", WordType.BLOCK_NAME, "my_block", "name of the block");
    /** Of a block's call. */
    public static final Attribute<Value> WITH = Attribute.derived("with", StructureType.PARAMETER_VALUES,
            "the parameters' defaults", "values of the block's parameters");
    /** Of a block's call. */
    public static final Attribute<String> SCOPE_NAME =
            Attribute.derived("name", WordType.LAYER_NAME, "the block's name",
                    "how the derived names of its layers begin");

    /** Of residual. */
    public static final Attribute<Value> BODY =
            Attribute.required("body", StructureType.LAYERS, "[relu]", "layers whose result is added");
    /** Of residual. */
    public static final Attribute<Value> SHORTCUT =
            Attribute.derived("shortcut", StructureType.LAYERS, "the input as it is", "layers of the other way");
    /** Of branches. */
    public static final Attribute<String> MERGE =
            Attribute.optional("merge", ChoiceType.of("concat", "add"), "concat",
                    "whether the results' channels are joined, or the results added");
    /** Of branches. */
    public static final Attribute<Value> PATHS =
            Attribute.required("paths", StructureType.PATHS, "[[relu], []]",
                    "the ways side by side; [] is the input as it is");

    private LayerAttributes() {}
}
