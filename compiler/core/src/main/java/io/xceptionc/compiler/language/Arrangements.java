package io.xceptionc.compiler.language;

import static io.xceptionc.compiler.language.LayerAttributes.CHANNEL_COUNT;
import static io.xceptionc.compiler.language.LayerAttributes.INPUT;

import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.DepthToSpace;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SliceChannels;
import io.xceptionc.compiler.graph.op.SpaceToDepth;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.ChoiceType;
import io.xceptionc.compiler.language.attribute.IntegerType;
import io.xceptionc.compiler.language.attribute.NumberType;
import io.xceptionc.compiler.language.attribute.PaddingRule;
import io.xceptionc.compiler.language.attribute.PaddingType;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What moves values about, or leaves them as they are. */
final class Arrangements {

    private static final Attribute<PaddingRule> ZEROS =
            Attribute.required("padding", new PaddingType(false), "1", "rows and columns of zeros added around");
    private static final Attribute<PaddingRule> AROUND =
            Attribute.required("padding", new PaddingType(false), "1", "rows and columns added around");
    private static final Attribute<String> MODE = Attribute.optional("mode",
            new ChoiceType(Stream.of(Pad2d.Mode.values()).map(Pad2d.Mode::word).toList()), Pad2d.Mode.CONSTANT.word(),
            "whether they are a number, the image mirrored at its outermost pixels or, symmetric, at its edge, or those pixels");
    private static final Attribute<Double> NUMBER =
            Attribute.optional("value", new NumberType(-1e30, 1e30), "0", "the number");
    private static final Attribute<Integer> FIRST =
            Attribute.optional("first", new IntegerType(0, 65535), "0", "the first channel, from 0");
    private static final Attribute<Integer> COUNT =
            Attribute.required("count", CHANNEL_COUNT, "16", "how many channels");
    private static final Attribute<Integer> GROUPS =
            Attribute.required("groups", CHANNEL_COUNT, "2", "parts of the channels");
    private static final Attribute<Integer> BLOCK = Attribute.required("block",
            new IntegerType(1, ConvTranspose2d.LARGEST_STRIDE), "2", "height and width of the square");
    private static final Attribute<String> ORDER = Attribute.derived("order",
            new ChoiceType(Stream.of(PixelOrder.values()).map(PixelOrder::word).toList()), "that of the weights",
            "whether channels stand pixel by pixel, as in TensorFlow, or all pixels of a channel together, as in PyTorch");
    private static final Attribute<PaddingRule> MARGINS =
            Attribute.required("cropping", new PaddingType(false), "1", "rows and columns cut off");
    private static final Attribute<Double> RATE = Attribute.optional("rate", new NumberType(0, 1), "0.5",
            "share of values dropped in training; without effect here");

    static final Operator FLATTEN = Operator.of("flatten",
            "An image as a vector: height, width, channels with keras weights; channels, height, width with pytorch.",
            List.of(INPUT), Flatten.class,
            (_, context) -> new Flatten(context.convention().flattensChannelsFirst()), (_, _) -> {});

    static final Operator ZERO_PAD2D = Operator.of("zero_pad2d", "Zeros around an image.", List.of(INPUT, ZEROS),
            ZeroPad2d.class, (arguments, _) -> new ZeroPad2d(Windows.padding(arguments.get(ZEROS))),
            (op, said) -> said.set(ZEROS, Description.sides(op.padding())));

    static final Operator PAD2D = Operator.of("pad2d", "Other rows and columns than zeros around an image.",
            List.of(INPUT, AROUND, MODE, NUMBER), Pad2d.class,
            (arguments, _) -> new Pad2d(Windows.padding(arguments.get(AROUND)),
                    Pad2d.Mode.valueOf(arguments.get(MODE).toUpperCase(Locale.ROOT)),
                    arguments.get(NUMBER).floatValue()),
            (op, said) -> {
                said.set(AROUND, Description.sides(op.padding()));
                said.set(MODE, op.mode().word());
                said.set(NUMBER, (double) op.value());
            });

    static final Operator SLICE_CHANNELS = Operator.of("slice_channels", "Some neighbouring channels.",
            List.of(INPUT, FIRST, COUNT), SliceChannels.class,
            (arguments, _) -> new SliceChannels(arguments.get(FIRST), arguments.get(COUNT)), (op, said) -> {
                said.set(FIRST, op.first());
                said.set(COUNT, op.count());
            });

    static final Operator CHANNEL_SHUFFLE =
            Operator.of("channel_shuffle", "The first channel of each group, then the second of each, and so on.",
                    List.of(INPUT, GROUPS), ShuffleChannels.class,
                    (arguments, _) -> new ShuffleChannels(arguments.get(GROUPS)),
                    (op, said) -> said.set(GROUPS, op.groups()));

    static final Operator DEPTH_TO_SPACE = Operator.of("depth_to_space",
            "The channels of each pixel as a square of pixels: PyTorch's pixel shuffle.",
            List.of(INPUT, BLOCK, ORDER), DepthToSpace.class,
            (arguments, context) -> new DepthToSpace(arguments.get(BLOCK), order(arguments, context)), (op, said) -> {
                said.set(BLOCK, op.block());
                said.set(ORDER, op.order().word(), order(said.convention()).word());
            });

    static final Operator SPACE_TO_DEPTH = Operator.of("space_to_depth",
            "Each square of pixels as the channels of one: PyTorch's pixel unshuffle.",
            List.of(INPUT, BLOCK, ORDER), SpaceToDepth.class,
            (arguments, context) -> new SpaceToDepth(arguments.get(BLOCK), order(arguments, context)), (op, said) -> {
                said.set(BLOCK, op.block());
                said.set(ORDER, op.order().word(), order(said.convention()).word());
            });

    static final Operator CROP2D = Operator.of("crop2d", "An image without rows and columns at its sides.",
            List.of(INPUT, MARGINS), Crop2d.class,
            (arguments, _) -> new Crop2d(Windows.padding(arguments.get(MARGINS))),
            (op, said) -> said.set(MARGINS, Description.sides(op.margins())));

    static final Operator DROPOUT =
            Operator.of("dropout", "Dropout; it does nothing when a picture is classified.", List.of(INPUT, RATE),
                    new Dropout());

    private Arrangements() {}

    private static PixelOrder order(AttributeValues arguments, LayerContext context) {
        return arguments.find(ORDER).map(word -> PixelOrder.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(order(context.convention()));
    }

    private static PixelOrder order(NamingConvention convention) {
        return convention == NamingConvention.KERAS ? PixelOrder.TENSORFLOW : PixelOrder.PYTORCH;
    }
}
