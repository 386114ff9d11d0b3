package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Convolution, {@code [h, w, cIn] -> [h', w', cOut]}, float32:
 * {@code y[o] = sum over taps and channels of kernel[ky, kx, c, o] * x[ky, kx, c] + bias[o]}.
 *
 * @param window how the kernel slides
 * @param groups into how many parts channels are split that do not see one another
 * @param kernel HWIO, {@code [kernelHeight, kernelWidth, cIn / groups, cOut]}
 * @param bias {@code [cOut]}
 * @param fusion what was fused into it
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html">torch.nn.Conv2d</a>
 */
public record Conv2d(Window window, int groups, Tensor kernel, Optional<Tensor> bias, Fusion fusion)
        implements Convolution, Windowed, AbsorbsPadding {

    public Conv2d {
        if (groups < 1 || kernel.dimension(3) % groups != 0) {
            throw new IllegalArgumentException("filters are no multiple of groups");
        }
        if (fusion.inputScaling().isPresent() && !scalesInputs(window, groups)) {
            throw new IllegalArgumentException("padding would be scaled, or inputs more than once");
        }
    }

    @Override
    public String keyword() {
        return "conv2d";
    }

    @Override
    public int channelsOut() {
        return kernel.dimension(3);
    }

    /** Whether it can scale its inputs: if each is read once, and nothing beside them. */
    public boolean canScaleInputs() {
        return scalesInputs(window, groups);
    }

    private static boolean scalesInputs(Window window, int groups) {
        return window.isPointwise() && groups == 1;
    }

    /** The number of channels of the input. */
    public int channelsIn() {
        return kernel.dimension(2) * groups;
    }

    @Override
    public String linearDetails() {
        return Details.listed(window.details(), Details.when(groups > 1, "groups " + groups));
    }

    @Override
    public TensorType linearType(TensorType input) {
        ShapeRules.requireImage(input);
        if (input.channels() % groups != 0) {
            throw new ShapeException(DiagnosticCode.E204,
                    "splits " + input.channels() + " channels into " + groups + " groups",
                    "the number of channels must be a multiple of groups", "groups");
        }
        ShapeRules.requireChannels(input, channelsIn());
        ShapeRules.requireDepth(window.tapCount() * (long) channelsIn());
        return window.slideOver(input, channelsOut());
    }

    @Override
    public Conv2d withFusion(Fusion next) {
        return new Conv2d(window, groups, kernel, bias, next);
    }

    @Override
    public Conv2d withWeights(Tensor nextKernel, Optional<Tensor> nextBias) {
        return new Conv2d(window, groups, nextKernel, nextBias, fusion);
    }

    /** The same with another window. */
    public Conv2d withWindow(Window next) {
        return new Conv2d(next, groups, kernel, bias, fusion);
    }

    @Override
    public List<Tensor> tensors() {
        return Stream.of(Stream.of(kernel), bias.stream(), fusion.tensors().stream()).flatMap(part -> part).toList();
    }

    @Override
    public Conv2d withTensors(List<Tensor> tensors) {
        int fusedIndex = bias.isPresent() ? 2 : 1;
        return new Conv2d(window, groups, tensors.getFirst(), bias.map(_ -> tensors.get(1)),
                fusion.withTensors(tensors.subList(fusedIndex, tensors.size())));
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
