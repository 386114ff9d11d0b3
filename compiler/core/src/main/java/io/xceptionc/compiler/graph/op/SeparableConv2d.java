package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Depthwise, then pointwise convolution in one step, {@code [h, w, cIn] -> [h', w', cOut]}, float32:
 * {@code y = pointwise(depthwise(x))}, {@code pointwise(z)[o] = sum over c of kernel[0, 0, c, o] * z[c] + bias[o]}.
 *
 * @param depthwise the first half; it may have a bias and an activation of its own, but no residual
 * @param kernel of the second half, {@code [1, 1, cIn * multiplier, cOut]}
 * @param bias of the second half, {@code [cOut]}
 * @param epilogue what follows the sums of the second half and their bias, in order
 * @see <a href="https://arxiv.org/abs/1610.02357">Chollet, Xception: Deep Learning with Depthwise Separable Convolutions</a>
 */
public record SeparableConv2d(
        DepthwiseConv2d depthwise,
        Tensor kernel,
        Optional<Tensor> bias,
        List<Fusion.Stage> epilogue)
        implements Convolution, Windowed, AbsorbsPadding {

    public SeparableConv2d {
        epilogue = List.copyOf(epilogue);
        if (depthwise.fusion().residual() || kernel.dimension(2) != depthwise.channelsOut()) {
            throw new IllegalArgumentException("depthwise and pointwise halves do not fit");
        }
    }

    /** With nothing fused. */
    public SeparableConv2d(DepthwiseConv2d depthwise, Tensor kernel, Optional<Tensor> bias) {
        this(depthwise, kernel, bias, List.of());
    }

    @Override
    public String keyword() {
        return "separable_conv2d";
    }

    @Override
    public Window window() {
        return depthwise.window();
    }

    @Override
    public int channelsOut() {
        return kernel.dimension(3);
    }

    @Override
    public Fusion fusion() {
        return new Fusion(depthwise.fusion().prologue(), epilogue);
    }

    @Override
    public String linearDetails() {
        return Details.listed(depthwise.linearDetails(), Details.when(depthwise.bias().isPresent(), "depthwise bias"),
                Details.fused("depthwise ", depthwise.fusion().activation()));
    }

    @Override
    public TensorType linearType(TensorType input) {
        ShapeRules.requireDepth(depthwise.channelsOut());
        return depthwise.linearType(input).withChannels(channelsOut());
    }

    @Override
    public SeparableConv2d withFusion(Fusion next) {
        Fusion first = new Fusion(next.prologue(), depthwise.fusion().epilogue());
        return new SeparableConv2d(depthwise.withFusion(first), kernel, bias, next.epilogue());
    }

    @Override
    public SeparableConv2d withWeights(Tensor nextKernel, Optional<Tensor> nextBias) {
        return new SeparableConv2d(depthwise, nextKernel, nextBias, epilogue);
    }

    @Override
    public List<Tensor> kernels() {
        return List.of(kernel, depthwise.kernel());
    }

    /** The same with another first half. */
    public SeparableConv2d withDepthwise(DepthwiseConv2d next) {
        return new SeparableConv2d(next, kernel, bias, epilogue);
    }

    @Override
    public List<Tensor> tensors() {
        return Stream.of(depthwise.tensors().stream(), Stream.of(kernel), bias.stream()).flatMap(part -> part).toList();
    }

    @Override
    public SeparableConv2d withTensors(List<Tensor> tensors) {
        int ownIndex = depthwise.tensors().size();
        return new SeparableConv2d(depthwise.withTensors(tensors.subList(0, ownIndex)), tensors.get(ownIndex),
                bias.map(_ -> tensors.getLast()), epilogue);
    }

    @Override
    public long multiplyAccumulates(List<TensorType> inputs) {
        TensorType input = inputs.getFirst();
        return depthwise.multiplyAccumulates(List.of(input))
                + (long) linearType(input).pixelCount() * kernel.elementCount();
    }

    @Override
    public Optional<Op> withZerosAround(Padding zeros) {
        return Optional.of(withDepthwise(depthwise.withWindow(window().withMorePadding(zeros))));
    }
}
