package io.xceptionc.compiler.language;

import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.BooleanType;
import io.xceptionc.compiler.language.attribute.ChoiceType;
import io.xceptionc.compiler.language.attribute.IntegerType;
import io.xceptionc.compiler.language.attribute.PaddingRule;
import io.xceptionc.compiler.language.attribute.PaddingType;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.language.attribute.PairType;
import io.xceptionc.compiler.language.attribute.ReferencesType;
import io.xceptionc.compiler.language.attribute.StructureType;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.WordType;
import java.util.List;

/** The attributes that structures and operators of several families take, each defined once. */
public final class LayerAttributes {

    static final IntegerType WINDOW_SIDE = new IntegerType(1, 1024);
    static final IntegerType CHANNEL_COUNT = new IntegerType(1, 65536);

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
    /** Taps of a window. */
    static final Attribute<Pair> DILATION = Attribute.optional("dilation", new PairType(WINDOW_SIDE), "1",
            "distance between the taps of the kernel");
    /** Padding of a window. */
    public static final Attribute<PaddingRule> PADDING =
            Attribute.optional("padding", new PaddingType(true), "valid",
                    "rows and columns added around; same as TensorFlow");
    /** Whether a bias is added. */
    public static final Attribute<Boolean> BIAS =
            Attribute.optional("bias", new BooleanType(), "true", "whether a trained bias is added");

    /** Of dense. */
    public static final Attribute<Integer> UNITS =
            Attribute.required("units", new IntegerType(1, 1 << 20), "10", "length of the result");

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
    public static final Attribute<Value> PATHS =
            Attribute.required("paths", StructureType.PATHS, "[[relu], []]",
                    "the ways side by side; [] is the input as it is");

    private LayerAttributes() {}
}
