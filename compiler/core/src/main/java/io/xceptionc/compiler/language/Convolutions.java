package io.xceptionc.compiler.language;

import static io.xceptionc.compiler.language.Activations.ACTIVATION;
import static io.xceptionc.compiler.language.LayerAttributes.BIAS;
import static io.xceptionc.compiler.language.LayerAttributes.CHANNEL_COUNT;
import static io.xceptionc.compiler.language.LayerAttributes.DILATION;
import static io.xceptionc.compiler.language.LayerAttributes.FILTERS;
import static io.xceptionc.compiler.language.LayerAttributes.INPUT;
import static io.xceptionc.compiler.language.LayerAttributes.KERNEL;
import static io.xceptionc.compiler.language.LayerAttributes.PADDING;
import static io.xceptionc.compiler.language.LayerAttributes.STRIDE;
import static io.xceptionc.compiler.language.LayerAttributes.UNITS;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.graph.op.ShapeRules;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.IntegerType;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;
import java.util.Optional;

/** The linear operators. Their weights are asked for only when the rest fits. */
final class Convolutions {

    /** Of convolutions whose channels do not all see one another. */
    static final Attribute<Integer> GROUPS =
            Attribute.optional("groups", CHANNEL_COUNT, "1", "parts of the channels that do not see one another");
    private static final Attribute<Integer> MULTIPLIER =
            Attribute.optional("multiplier", new IntegerType(1, 1024), "1", "channels made of each channel");

    static final Operator CONV2D = Operator.of("conv2d", "Convolution.",
            List.of(INPUT, FILTERS, KERNEL, STRIDE, PADDING, DILATION, GROUPS, BIAS, ACTIVATION), Conv2d.class,
            Convolutions::conv2d, (op, said) -> {
                said.set(FILTERS, op.channelsOut());
                describeWindow(op.window(), said);
                said.set(GROUPS, op.groups());
                said.tensor(TensorRole.CONVOLUTION_KERNEL, op.kernel());
                describeBias(op, TensorRole.BIAS, said);
            });

    static final Operator DEPTHWISE_CONV2D =
            Operator.of("depthwise_conv2d", "A small convolution of each channel by itself.",
                    List.of(INPUT, KERNEL, STRIDE, PADDING, DILATION, MULTIPLIER, BIAS, ACTIVATION),
                    DepthwiseConv2d.class, Convolutions::depthwiseConv2d, (op, said) -> {
                        describeDepthwise(op, TensorRole.DEPTHWISE_KERNEL, said);
                        describeBias(op, TensorRole.BIAS, said);
                    });

    static final Operator SEPARABLE_CONV2D =
            Operator.of("separable_conv2d", "Depthwise, then 1x1 convolution, with nothing between them.",
                    List.of(INPUT, FILTERS, KERNEL, STRIDE, PADDING, DILATION, MULTIPLIER, BIAS, ACTIVATION),
                    SeparableConv2d.class, Convolutions::separableConv2d, (op, said) -> {
                        said.set(FILTERS, op.channelsOut());
                        describeDepthwise(op.depthwise(), TensorRole.SEPARABLE_DEPTHWISE_KERNEL, said);
                        said.tensor(TensorRole.SEPARABLE_POINTWISE_KERNEL, op.kernel());
                        describeBias(op, TensorRole.SEPARABLE_BIAS, said);
                    });

    static final Operator DENSE = Operator.of("dense", "Fully connected layer on a vector.",
            List.of(INPUT, UNITS, BIAS, ACTIVATION), Dense.class, Convolutions::dense, (op, said) -> {
                said.set(UNITS, op.channelsOut());
                said.tensor(TensorRole.DENSE_KERNEL, op.kernel());
                describeBias(op, TensorRole.BIAS, said);
            });

    private Convolutions() {}

    private static Conv2d conv2d(AttributeValues arguments, LayerContext context) {
        Window window = window(arguments, context);
        TensorType input = context.input();
        int filters = arguments.get(FILTERS);
        int groups = arguments.get(GROUPS);
        requireMultiple(input.channels(), "input channels", groups);
        requireMultiple(filters, "filters", groups);
        Tensor kernel = context.tensor(TensorRole.CONVOLUTION_KERNEL, window.kernelHeight(), window.kernelWidth(),
                input.channels() / groups, filters);
        return new Conv2d(window, groups, kernel, bias(arguments, context, TensorRole.BIAS, filters), Fusion.NONE);
    }

    private static DepthwiseConv2d depthwiseConv2d(AttributeValues arguments, LayerContext context) {
        DepthwiseConv2d withoutBias = depthwise(arguments, context, TensorRole.DEPTHWISE_KERNEL);
        return withoutBias.withWeights(withoutBias.kernel(),
                bias(arguments, context, TensorRole.BIAS, withoutBias.channelsOut()));
    }

    private static SeparableConv2d separableConv2d(AttributeValues arguments, LayerContext context) {
        DepthwiseConv2d depthwise = depthwise(arguments, context, TensorRole.SEPARABLE_DEPTHWISE_KERNEL);
        int filters = arguments.get(FILTERS);
        Tensor pointwise =
                context.tensor(TensorRole.SEPARABLE_POINTWISE_KERNEL, 1, 1, depthwise.channelsOut(), filters);
        return new SeparableConv2d(depthwise, pointwise,
                bias(arguments, context, TensorRole.SEPARABLE_BIAS, filters));
    }

    private static Dense dense(AttributeValues arguments, LayerContext context) {
        ShapeRules.requireVector(context.input());
        int units = arguments.get(UNITS);
        return new Dense(context.tensor(TensorRole.DENSE_KERNEL, context.input().channels(), units),
                bias(arguments, context, TensorRole.BIAS, units), Fusion.NONE);
    }

    private static DepthwiseConv2d depthwise(AttributeValues arguments, LayerContext context, TensorRole role) {
        Window window = window(arguments, context);
        Tensor kernel = context.tensor(role, window.kernelHeight(), window.kernelWidth(), context.input().channels(),
                arguments.get(MULTIPLIER));
        return new DepthwiseConv2d(window, kernel, Optional.empty(), Fusion.NONE);
    }

    /** The layer's window, which fits its input. */
    private static Window window(AttributeValues arguments, LayerContext context) {
        ShapeRules.requireImage(context.input());
        Window window = Windows.window(arguments.get(KERNEL), arguments.get(STRIDE), arguments.get(DILATION),
                arguments.get(PADDING), context.input());
        window.slideOver(context.input(), 1);
        return window;
    }

    private static Optional<Tensor> bias(AttributeValues arguments, LayerContext context, TensorRole role, int length) {
        return context.vectorIf(arguments.get(BIAS), role, length);
    }

    /** Refuses groups that some channels cannot be split into. */
    static void requireMultiple(int count, String what, int groups) {
        if (count % groups != 0) {
            throw new ShapeException(DiagnosticCode.E204,
                    "splits " + count + " " + what + " into " + groups + " groups",
                    "the number of " + what + " must be a multiple of groups", "groups");
        }
    }

    private static void describeDepthwise(DepthwiseConv2d op, TensorRole role, Description said) {
        describeWindow(op.window(), said);
        said.set(MULTIPLIER, op.multiplier());
        said.tensor(role, op.kernel());
    }

    private static void describeWindow(Window window, Description said) {
        said.set(KERNEL, Windows.kernel(window));
        said.set(STRIDE, Windows.stride(window));
        said.set(PADDING, said.padding(window));
        said.set(DILATION, Windows.dilation(window));
    }

    private static void describeBias(Convolution op, TensorRole role, Description said) {
        said.set(BIAS, op.bias().isPresent());
        said.tensor(role, op.bias());
    }
}
