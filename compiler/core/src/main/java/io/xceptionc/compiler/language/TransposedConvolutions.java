package io.xceptionc.compiler.language;

import static io.xceptionc.compiler.language.Activations.ACTIVATION;
import static io.xceptionc.compiler.language.Convolutions.GROUPS;
import static io.xceptionc.compiler.language.LayerAttributes.BIAS;
import static io.xceptionc.compiler.language.LayerAttributes.DILATION;
import static io.xceptionc.compiler.language.LayerAttributes.FILTERS;
import static io.xceptionc.compiler.language.LayerAttributes.INPUT;
import static io.xceptionc.compiler.language.LayerAttributes.KERNEL;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.graph.op.ShapeRules;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.IntegerType;
import io.xceptionc.compiler.language.attribute.PaddingRule;
import io.xceptionc.compiler.language.attribute.PaddingType;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.language.attribute.PairType;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;

/** Convolutions that make an image larger. */
final class TransposedConvolutions {

    private static final Pair NOTHING = new Pair(0, 0);

    private static final Attribute<Pair> STEP =
            Attribute.optional("stride", new PairType(new IntegerType(1, ConvTranspose2d.LARGEST_STRIDE)), "1",
                    "rows and columns of the result for each of the input");
    private static final Attribute<PaddingRule> CUT = Attribute.optional("padding", new PaddingType(true), "valid",
            "rows and columns cut off; same yields input times stride, as TensorFlow");
    private static final Attribute<Pair> EXTRA = Attribute.optional("output_padding",
            new PairType(new IntegerType(0, 1024)), "0", "rows below and columns after that the result has more");

    static final Operator CONV2D_TRANSPOSE = Operator.of("conv2d_transpose",
            "Transposed convolution: each pixel is spread by the kernel over a larger image.",
            List.of(INPUT, FILTERS, KERNEL, STEP, CUT, EXTRA, DILATION, GROUPS, BIAS, ACTIVATION),
            ConvTranspose2d.class, TransposedConvolutions::convolution, TransposedConvolutions::describe)
            .requiring(TransposedConvolutions::requireNoExtraToSame);

    private TransposedConvolutions() {}

    private static ConvTranspose2d convolution(AttributeValues arguments, LayerContext context) {
        TensorType input = context.input();
        ShapeRules.requireImage(input);
        int filters = arguments.get(FILTERS);
        int groups = arguments.get(GROUPS);
        Convolutions.requireMultiple(input.channels(), "input channels", groups);
        Convolutions.requireMultiple(filters, "filters", groups);
        Pair kernel = arguments.get(KERNEL);
        Pair stride = arguments.get(STEP);
        Pair dilation = arguments.get(DILATION);
        Pair extra = arguments.get(EXTRA);
        Window window = new Window(kernel.height(), kernel.width(), stride.height(), stride.width(), dilation.height(),
                dilation.width(), Padding.NONE);
        if (arguments.get(CUT) instanceof PaddingRule.Same) {
            requireNoExtraToSame(arguments);
            extra = new Pair(ConvTranspose2d.extraOfSame(window.extentHeight(), stride.height()),
                    ConvTranspose2d.extraOfSame(window.extentWidth(), stride.width()));
            window = window.withPadding(ConvTranspose2d.same(window));
        } else {
            window = window.withPadding(Windows.padding(arguments.get(CUT)));
        }
        ConvTranspose2d.sized(window, extra.height(), extra.width(), input, filters);
        Tensor weights = context.tensor(TensorRole.TRANSPOSED_KERNEL, kernel.height(), kernel.width(),
                input.channels(), filters / groups);
        return new ConvTranspose2d(window, extra.height(), extra.width(), groups, weights,
                context.vectorIf(arguments.get(BIAS), TensorRole.BIAS, filters));
    }

    private static void requireNoExtraToSame(AttributeValues arguments) {
        if (arguments.get(CUT) instanceof PaddingRule.Same && !arguments.get(EXTRA).equals(NOTHING)) {
            throw new ShapeException(DiagnosticCode.E201,
                    "has an output_padding, but same says how large the result is",
                    "leave it out, or say the padding of each side, padding: [top, bottom, left, right]",
                    "output_padding");
        }
    }

    private static void describe(ConvTranspose2d op, Description said) {
        Window window = op.window();
        said.set(FILTERS, op.channelsOut());
        said.set(KERNEL, Windows.kernel(window));
        said.set(STEP, Windows.stride(window));
        said.set(CUT, padding(op, said.convention()));
        said.set(EXTRA, new Pair(op.extraHeight(), op.extraWidth()));
        said.set(DILATION, Windows.dilation(window));
        said.set(GROUPS, op.groups());
        said.set(BIAS, op.bias().isPresent());
        said.tensor(TensorRole.TRANSPOSED_KERNEL, op.kernel());
        said.tensor(TensorRole.BIAS, op.bias());
    }

    /** What is the same as {@code same}, for any size, is called so with Keras' names, or where sides are not even. */
    private static PaddingRule padding(ConvTranspose2d op, NamingConvention convention) {
        Padding cut = op.window().padding();
        boolean isEven = cut.top() == cut.bottom() && cut.left() == cut.right();
        boolean isSame = !cut.equals(Padding.NONE) && cut.equals(ConvTranspose2d.same(op.window()))
                && op.extraHeight() == 0 && op.extraWidth() == 0
                && ConvTranspose2d.extraOfSame(op.window().extentHeight(), op.window().strideHeight()) == 0
                && ConvTranspose2d.extraOfSame(op.window().extentWidth(), op.window().strideWidth()) == 0;
        return isSame && (convention == NamingConvention.KERAS || !isEven)
                ? new PaddingRule.Same()
                : Description.sides(cut);
    }
}
