package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Weights computed from others, in double and rounded once, when they are asked for. The same weights derived twice
 * in the same way are the same object: layers that shared weights still do.
 */
final class DerivedWeights {

    private record Derivation(String rule, List<Object> sources) {}

    private final Map<Derivation, Tensor> tensors = new HashMap<>();

    /** The same values in the same order, of another shape. */
    Tensor reshaped(Tensor tensor, List<Integer> shape) {
        return derive(tensor.name(), "reshaped", List.of(tensor, shape), shape, tensor::values);
    }

    /**
     * The convolution whose result has channel {@code c * n + p} of this one's as channel {@code p * channels + c}, for
     * n of each.
     */
    Conv2d turned(Conv2d convolution, int channels) {
        UnaryOperator<Tensor> turned = tensor -> derive(tensor.name(), "turned", List.of(tensor, channels),
                tensor.shape(), () -> {
                    float[] values = tensor.values();
                    float[] next = new float[values.length];
                    int row = convolution.channelsOut();
                    for (int element = 0; element < next.length; element++) {
                        int channel = element % row;
                        next[element] =
                                values[element - channel + channel % channels * (row / channels) + channel / channels];
                    }
                    return next;
                });
        return convolution.withWeights(turned.apply(convolution.kernel()), convolution.bias().map(turned));
    }

    /** The affine step that scales as given. */
    Affine affine(PerChannelScaling scaling, int channels) {
        Tensor scale =
                derive(scaling.name(), "scale", List.of(scaling), List.of(channels), () -> rounded(scaling.factors()));
        return new Affine(scale, shift(scaling, channels));
    }

    /** {@code scaling(convolution(x))} as one convolution; one without activation and residual. */
    Convolution scaleOutput(Convolution convolution, PerChannelScaling scaling) {
        Tensor kernel = convolution.kernel();
        Tensor scaled = derive(kernel.name(), "scaled", List.of(kernel, scaling), kernel.shape(), () -> {
            double[] factors = scaling.factors();
            return scaleEach(kernel.values(), factors, element -> element % factors.length);
        });
        return convolution.withWeights(scaled, scaledBias(convolution, scaling));
    }

    private Optional<Tensor> scaledBias(Convolution convolution, PerChannelScaling scaling) {
        int channels = convolution.channelsOut();
        if (convolution.bias().isEmpty()) {
            return scaling.shifts() ? Optional.of(shift(scaling, channels)) : Optional.empty();
        }
        Tensor bias = convolution.bias().get();
        return Optional.of(derive(bias.name(), "scaled", List.of(bias, scaling), List.of(channels), () -> {
            double[] factors = scaling.factors();
            double[] sums = scaling.summands();
            for (int channel = 0; channel < channels; channel++) {
                sums[channel] += bias.values()[channel] * factors[channel];
            }
            return rounded(sums);
        }));
    }

    /** {@code convolution(scaling(x))} as one convolution; one that neither pads nor rectifies. */
    Convolution scaleInput(PerChannelScaling scaling, Convolution convolution) {
        return switch (convolution) {
            case Conv2d conv2d -> scaleInput(scaling, conv2d, element -> channelRead(conv2d, element));
            case DepthwiseConv2d depthwise -> scaleInput(scaling, depthwise,
                    element -> element % depthwise.channelsOut() / depthwise.multiplier());
            case SeparableConv2d separable ->
                    moveBias(separable.withDepthwise((DepthwiseConv2d) scaleInput(scaling, separable.depthwise())));
            case Dense dense -> scaleInput(scaling, dense, element -> element / dense.channelsOut());
        };
    }

    private static int channelRead(Conv2d convolution, int element) {
        int channelsPerGroup = convolution.kernel().dimension(2);
        int group = element % convolution.channelsOut() / (convolution.channelsOut() / convolution.groups());
        return group * channelsPerGroup + element / convolution.channelsOut() % channelsPerGroup;
    }

    private Convolution scaleInput(PerChannelScaling scaling, Convolution convolution, IntUnaryOperator channelRead) {
        Tensor kernel = convolution.kernel();
        Tensor scaled = derive(kernel.name(), "scaled input", List.of(kernel, scaling), kernel.shape(),
                () -> scaleEach(kernel.values(), scaling.factors(), channelRead));
        return convolution.withWeights(scaled, scaling.shifts()
                ? Optional.of(raisedBias(convolution, List.of(kernel, scaling), () -> scaling.summands(), channelRead))
                : convolution.bias());
    }

    /** A first half's bias that no activation follows, as part of the second half's. */
    SeparableConv2d moveBias(SeparableConv2d separable) {
        DepthwiseConv2d depthwise = separable.depthwise();
        if (depthwise.bias().isEmpty() || !depthwise.fusion().activation().equals(Activation.IDENTITY)) {
            return separable;
        }
        Tensor moved = depthwise.bias().get();
        Tensor bias = raisedBias(separable, List.of(separable.kernel(), moved), () -> PerChannelScaling.toDouble(moved),
                element -> element / separable.channelsOut());
        return separable.withDepthwise(depthwise.withWeights(depthwise.kernel(), Optional.empty()))
                .withWeights(separable.kernel(), Optional.of(bias));
    }

    /** The bias, and to it what a convolution makes of an input that is constant in each channel. */
    private Tensor raisedBias(Convolution convolution, List<Object> sources, Supplier<double[]> input,
            IntUnaryOperator channelRead) {
        Tensor kernel = convolution.kernel();
        int channels = convolution.channelsOut();
        Optional<Tensor> bias = convolution.bias();
        return derive(bias.orElse(kernel).name(), "raised", List.of(sources, bias), List.of(channels), () -> {
            double[] sums = bias.map(PerChannelScaling::toDouble).orElseGet(() -> new double[channels]);
            double[] values = input.get();
            float[] weights = kernel.values();
            for (int element = 0; element < weights.length; element++) {
                sums[element % channels] += weights[element] * values[channelRead.applyAsInt(element)];
            }
            return rounded(sums);
        });
    }

    private Tensor shift(PerChannelScaling scaling, int channels) {
        return derive(scaling.name(), "shift", List.of(scaling), List.of(channels), () -> rounded(scaling.summands()));
    }

    /** A tensor of a rule and its sources, each time the same one. */
    Tensor derive(String name, String rule, List<Object> sources, List<Integer> shape,
            Supplier<float[]> values) {
        return tensors.computeIfAbsent(new Derivation(rule, sources),
                _ -> Tensor.lazy(name + ", " + rule, shape, values));
    }

    private static float[] scaleEach(float[] values, double[] factors, IntUnaryOperator factorOf) {
        float[] scaled = new float[values.length];
        for (int element = 0; element < scaled.length; element++) {
            scaled[element] = (float) (values[element] * factors[factorOf.applyAsInt(element)]);
        }
        return scaled;
    }

    private static float[] rounded(double[] values) {
        float[] result = new float[values.length];
        for (int index = 0; index < result.length; index++) {
            result[index] = (float) values[index];
        }
        return result;
    }
}
