package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * A linear operator with weights, that takes in what surrounds it: {@code epilogue(linear(prologue(x)) + bias)}, as its
 * {@link Fusion} says.
 */
public sealed interface Convolution extends KernelOp permits Conv2d, DepthwiseConv2d, SeparableConv2d, Dense {

    /** One value for each channel of the result. */
    Optional<Tensor> bias();

    /** What was fused into it. */
    Fusion fusion();

    /** The tensor whose last axes are the channels of the result; what scales them scales it. */
    Tensor kernel();

    /** The same with another fusion. */
    Convolution withFusion(Fusion fusion);

    /** The same with another {@link #kernel} and bias. */
    Convolution withWeights(Tensor kernel, Optional<Tensor> bias);

    /** The number of channels of the result. */
    int channelsOut();

    /** The type of the result if there were no residual. */
    TensorType linearType(TensorType input);

    /** How it is computed but for what is fused into it, for people. */
    String linearDetails();

    @Override
    default String details() {
        return Details.listed(fusion().inputScaling().map(Details::ofInput).orElse(""),
                Details.when(fusion().rectifiesInput(), "rectified input"), linearDetails(),
                Details.when(bias().isPresent(), "bias"), Details.when(fusion().residual(), "residual"),
                Details.fused("", fusion().activation()));
    }

    /** Its weights but for biases. */
    default List<Tensor> kernels() {
        return List.of(kernel());
    }

    @Override
    default TensorType outputType(List<TensorType> inputs) {
        ShapeRules.requireCount(inputs, 1 + fusion().operandCount());
        TensorType type = linearType(inputs.getFirst());
        fusion().requireOperands(inputs, type);
        return type;
    }
}
