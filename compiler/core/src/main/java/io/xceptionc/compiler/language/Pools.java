package io.xceptionc.compiler.language;

import static io.xceptionc.compiler.language.LayerAttributes.DILATION;
import static io.xceptionc.compiler.language.LayerAttributes.INPUT;
import static io.xceptionc.compiler.language.LayerAttributes.KERNEL;
import static io.xceptionc.compiler.language.LayerAttributes.PADDING;
import static io.xceptionc.compiler.language.LayerAttributes.WINDOW_SIDE;

import io.xceptionc.compiler.graph.op.AdaptivePool2d;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.BooleanType;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.language.attribute.PairType;
import java.util.List;

/** Maxima and means, under windows and of whole images. */
final class Pools {

    private static final Attribute<Pair> STRIDE =
            Attribute.derived("stride", new PairType(WINDOW_SIDE), "the kernel", "step of the window");
    private static final Attribute<Boolean> COUNT_PADDING =
            Attribute.optional("count_padding", new BooleanType(), "false",
                    "whether padding counts as zeros in the mean");
    private static final Attribute<Boolean> KEEP_DIMENSIONS = Attribute.optional("keepdims", new BooleanType(), "false",
            "whether the result is an image of one pixel, for convolutions to read, in place of a vector");

    static final Operator MAX_POOL2D = Operator.of("max_pool2d", "Maximum under a window.",
            List.of(INPUT, KERNEL, STRIDE, PADDING, DILATION), Pool2d.class,
            (arguments, context) -> new Pool2d(Reduction.MAX, window(arguments, arguments.get(DILATION), context),
                    false),
            (op, said) -> {
                describe(op, said);
                said.set(DILATION, Windows.dilation(op.window()));
            });

    static final Operator AVG_POOL2D = Operator.of("avg_pool2d", "Mean under a window.",
            List.of(INPUT, KERNEL, STRIDE, PADDING, COUNT_PADDING), Pool2d.class,
            (arguments, context) -> new Pool2d(Reduction.MEAN, window(arguments, new Pair(1, 1), context),
                    arguments.get(COUNT_PADDING)),
            (op, said) -> {
                describe(op, said);
                said.set(COUNT_PADDING, op.countsPadding() && !op.window().padding().equals(Padding.NONE));
            });

    static final Operator GLOBAL_AVG_POOL2D =
            global(Reduction.MEAN, "global_avg_pool2d", "Mean of each channel, a vector.");

    static final Operator GLOBAL_MAX_POOL2D =
            global(Reduction.MAX, "global_max_pool2d", "Maximum of each channel, a vector.");

    private static final Attribute<Pair> SIZE = Attribute.required("size", new PairType(WINDOW_SIDE), "6",
            "height and width of the result: parts of the image, which overlap where they do not fit");

    static final Operator ADAPTIVE_AVG_POOL2D =
            adaptive(Reduction.MEAN, "adaptive_avg_pool2d", "Mean of each of the equal parts of an image.");

    static final Operator ADAPTIVE_MAX_POOL2D =
            adaptive(Reduction.MAX, "adaptive_max_pool2d", "Maximum of each of the equal parts of an image.");

    /** The channels of each pixel as one. */
    static final List<Operator> OF_CHANNELS = List.of(
            Operator.of("avg_channels", "Mean of the channels of each pixel.", List.of(INPUT),
                    new ReduceChannels(ReduceChannels.Kind.MEAN)),
            Operator.of("max_channels", "Maximum of the channels of each pixel.", List.of(INPUT),
                    new ReduceChannels(ReduceChannels.Kind.MAX)),
            Operator.of("argmax", "Number of the greatest channel of each pixel, from 0; of equal ones the first.",
                    List.of(INPUT), new ReduceChannels(ReduceChannels.Kind.ARGMAX)));

    private Pools() {}

    private static Operator global(Reduction reduction, String word, String description) {
        return Operator.of(word, description, List.of(INPUT, KEEP_DIMENSIONS), GlobalPool2d.class,
                (arguments, _) -> new GlobalPool2d(reduction, arguments.get(KEEP_DIMENSIONS)),
                (op, said) -> said.set(KEEP_DIMENSIONS, op.keepsImage()));
    }

    private static Operator adaptive(Reduction reduction, String word, String description) {
        return Operator.of(word, description, List.of(INPUT, SIZE), AdaptivePool2d.class,
                (arguments, _) -> new AdaptivePool2d(reduction, arguments.get(SIZE).height(),
                        arguments.get(SIZE).width()),
                (op, said) -> said.set(SIZE, new Pair(op.height(), op.width())));
    }

    private static Window window(AttributeValues arguments, Pair dilation, LayerContext context) {
        Pair kernel = arguments.get(KERNEL);
        Pair stride = arguments.find(STRIDE).orElse(kernel);
        return Windows.window(kernel, stride, dilation, arguments.get(PADDING), context.input());
    }

    private static void describe(Pool2d op, Description said) {
        Pair kernel = Windows.kernel(op.window());
        said.set(KERNEL, kernel);
        said.set(STRIDE, Windows.stride(op.window()), kernel);
        said.set(PADDING, said.padding(op.window()));
    }
}
