package io.xceptionc.compiler.weights;

import java.util.List;

/** What a tensor is to its layer. */
public enum TensorRole {
    /** Of conv2d, HWIO. */
    CONVOLUTION_KERNEL,
    /** Of conv2d_transpose, {@code [height, width, in, out / groups]}. */
    TRANSPOSED_KERNEL,
    /** Of depthwise_conv2d, {@code [height, width, channels, multiplier]}. */
    DEPTHWISE_KERNEL,
    /** First half of separable_conv2d, {@code [height, width, channels, multiplier]}. */
    SEPARABLE_DEPTHWISE_KERNEL,
    /** Second half of separable_conv2d, {@code [1, 1, in, out]}. */
    SEPARABLE_POINTWISE_KERNEL,
    /** Of separable_conv2d, {@code [out]}. */
    SEPARABLE_BIAS,
    /** Of dense, {@code [in, out]}. */
    DENSE_KERNEL,
    /** Of any other layer with one, {@code [out]}. */
    BIAS,
    /** Factor of batch_norm, {@code [channels]}. */
    GAMMA,
    /** Summand of batch_norm, {@code [channels]}. */
    BETA,
    /** Mean of batch_norm, {@code [channels]}; not trained. */
    MOVING_MEAN,
    /** Variance of batch_norm, {@code [channels]}; not trained. */
    MOVING_VARIANCE,
    /** Factor of the negative values of prelu, {@code [channels]}, or {@code [1]} for all. */
    SLOPE;

    /** A few words for messages. */
    public String label() {
        return switch (this) {
            case CONVOLUTION_KERNEL -> "convolution kernel";
            case TRANSPOSED_KERNEL -> "transposed kernel";
            case DEPTHWISE_KERNEL, SEPARABLE_DEPTHWISE_KERNEL -> "depthwise kernel";
            case SEPARABLE_POINTWISE_KERNEL -> "pointwise kernel";
            case DENSE_KERNEL -> "dense kernel";
            case SEPARABLE_BIAS, BIAS -> "bias";
            case GAMMA -> "gamma";
            case BETA -> "beta";
            case MOVING_MEAN -> "moving mean";
            case MOVING_VARIANCE -> "moving variance";
            case SLOPE -> "slope";
        };
    }

    /** What the axes of the canonical layout are. */
    public List<String> axes() {
        return switch (this) {
            case CONVOLUTION_KERNEL, SEPARABLE_POINTWISE_KERNEL -> List.of("height", "width", "in", "out");
            case TRANSPOSED_KERNEL -> List.of("height", "width", "in", "out / groups");
            case DEPTHWISE_KERNEL, SEPARABLE_DEPTHWISE_KERNEL -> List.of("height", "width", "channels", "multiplier");
            case DENSE_KERNEL -> List.of("in", "out");
            case SEPARABLE_BIAS, BIAS, GAMMA, BETA, MOVING_MEAN, MOVING_VARIANCE, SLOPE -> List.of("channels");
        };
    }

    /** Whether training changes it by gradient; the moving statistics of batch norms are not. */
    public boolean isTrainable() {
        return this != MOVING_MEAN && this != MOVING_VARIANCE;
    }
}
