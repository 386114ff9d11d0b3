package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One small convolution for each channel, {@code [h, w, c] -> [h', w', c * multiplier]}, float32:
 * {@code y[c * multiplier + m] = sum over taps of kernel[ky, kx, c, m] * x[ky, kx, c] + bias[c * multiplier + m]}.
 *
 * @param window how the kernel slides
 * @param kernel {@code [kernelHeight, kernelWidth, c, multiplier]}
 * @param bias {@code [c * multiplier]}
 * @param fusion what was fused into it
 * @see <a href="https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/">Keras, DepthwiseConv2D</a>
 */
public record DepthwiseConv2d(Window window, Tensor kernel, Optional<Tensor> bias, Fusion fusion)
        implements Convolution, Windowed, AbsorbsPadding {

    public DepthwiseConv2d {
        if (fusion.inputScaling().isPresent()) {
            throw new IllegalArgumentException("no kernel begins with " + fusion.prologue());
        }
    }

    @Override
    public String keyword() {
        return "depthwise_conv2d";
    }

    /** How many channels come from each one. */
    public int multiplier() {
        return kernel.dimension(3);
    }

    @Override
    public int channelsOut() {
        return Math.multiplyExact(kernel.dimension(2), kernel.dimension(3));
    }

    @Override
    public String linearDetails() {
        return Details.listed(window.details(), Details.when(multiplier() > 1, "multiplier " + multiplier()));
    }

    @Override
    public TensorType linearType(TensorType input) {
        ShapeRules.requireImage(input);
        ShapeRules.requireChannels(input, kernel.dimension(2));
        return window.slideOver(input, channelsOut());
    }

    @Override
    public DepthwiseConv2d withFusion(Fusion next) {
        return new DepthwiseConv2d(window, kernel, bias, next);
    }

    @Override
    public DepthwiseConv2d withWeights(Tensor nextKernel, Optional<Tensor> nextBias) {
        return new DepthwiseConv2d(window, nextKernel, nextBias, fusion);
    }

    /** The same with another window. */
    public DepthwiseConv2d withWindow(Window next) {
        return new DepthwiseConv2d(next, kernel, bias, fusion);
    }

    @Override
    public List<Tensor> tensors() {
        return Stream.concat(Stream.of(kernel), bias.stream()).toList();
    }

    @Override
    public DepthwiseConv2d withTensors(List<Tensor> tensors) {
        return withWeights(tensors.getFirst(), bias.map(_ -> tensors.getLast()));
    }

    @Override
    public long multiplyAccumulates(List<TensorType> inputs) {
        return (long) linearType(inputs.getFirst()).pixelCount() * kernel.elementCount();
    }

    @Override
    public Optional<Op> withZerosAround(Padding zeros) {
        return Optional.of(withWindow(window.withMorePadding(zeros)));
    }
}
