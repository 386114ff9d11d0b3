package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.graph.op.ShapeRules;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.spec.LayerAttributes;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.Optional;

/**
 * Makes the operators that have kernels. Weights are asked for only when the rest fits.
 *
 * @param arguments the layer's attributes, complete
 * @param tensors the layer's tensors
 * @param input what the layer reads
 */
record ConvolutionLowering(LayerArguments arguments, LayerTensors.OfLayer tensors, TensorType input) {

    Conv2d conv2d() {
        Window window = window();
        int filters = arguments.get(LayerAttributes.FILTERS);
        int groups = arguments.get(LayerAttributes.GROUPS);
        requireMultiple(input.channels(), "input channels", groups);
        requireMultiple(filters, "filters", groups);
        Tensor kernel = tensors.tensor(TensorRole.CONVOLUTION_KERNEL, window.kernelHeight(), window.kernelWidth(),
                input.channels() / groups, filters);
        return new Conv2d(window, groups, kernel, bias(TensorRole.BIAS, filters), Fusion.NONE);
    }

    DepthwiseConv2d depthwiseConv2d() {
        DepthwiseConv2d withoutBias = depthwise(TensorRole.DEPTHWISE_KERNEL);
        return withoutBias.withWeights(withoutBias.kernel(), bias(TensorRole.BIAS, withoutBias.channelsOut()));
    }

    SeparableConv2d separableConv2d() {
        DepthwiseConv2d depthwise = depthwise(TensorRole.SEPARABLE_DEPTHWISE_KERNEL);
        int filters = arguments.get(LayerAttributes.FILTERS);
        Tensor pointwise =
                tensors.tensor(TensorRole.SEPARABLE_POINTWISE_KERNEL, 1, 1, depthwise.channelsOut(), filters);
        return new SeparableConv2d(depthwise, pointwise, bias(TensorRole.SEPARABLE_BIAS, filters));
    }

    Dense dense() {
        ShapeRules.requireVector(input);
        int units = arguments.get(LayerAttributes.UNITS);
        return new Dense(tensors.tensor(TensorRole.DENSE_KERNEL, input.channels(), units), bias(TensorRole.BIAS, units),
                Fusion.NONE);
    }

    private DepthwiseConv2d depthwise(TensorRole role) {
        Window window = window();
        Tensor kernel = tensors.tensor(role, window.kernelHeight(), window.kernelWidth(), input.channels(),
                arguments.get(LayerAttributes.MULTIPLIER));
        return new DepthwiseConv2d(window, kernel, Optional.empty(), Fusion.NONE);
    }

    /** The layer's window, which fits its input. */
    private Window window() {
        ShapeRules.requireImage(input);
        Window window = Windows.window(arguments.get(LayerAttributes.KERNEL), arguments.get(LayerAttributes.STRIDE),
                arguments.get(LayerAttributes.DILATION), arguments.get(LayerAttributes.PADDING), input);
        window.slideOver(input, 1);
        return window;
    }

    private Optional<Tensor> bias(TensorRole role, int length) {
        return tensors.vectorIf(arguments.get(LayerAttributes.BIAS), role, length);
    }

    private static void requireMultiple(int count, String what, int groups) {
        if (count % groups != 0) {
            throw new ShapeException(DiagnosticCode.E204,
                    "splits " + count + " " + what + " into " + groups + " groups",
                    "the number of " + what + " must be a multiple of groups", "groups");
        }
    }
}
