package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.format.file.TensorConvention;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a framework calls and lays out a layer's tensors. */
public enum NamingConvention {
    /** {@code <layer>/kernel}, HWIO; batch norms with epsilon 1e-3. */
    KERAS,
    /** {@code <layer>.weight}, OIHW; batch norms with epsilon 1e-5. */
    PYTORCH;

    /** That of a file's tensors. */
    public static NamingConvention of(TensorConvention convention) {
        return switch (convention) {
            case KERAS -> KERAS;
            case PYTORCH -> PYTORCH;
        };
    }

    /** The word of the spec language for it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a tensor of this name could be a layer's. */
    public boolean mayName(String tensorName) {
        return Arrays.stream(TensorRole.values()).anyMatch(role -> tensorName.endsWith(tensorName("", role)));
    }

    /** The name of a layer's tensor in a weights file. */
    public String tensorName(String layer, TensorRole role) {
        return switch (this) {
            case KERAS -> layer + switch (role) {
                case CONVOLUTION_KERNEL, TRANSPOSED_KERNEL, DENSE_KERNEL -> "/kernel";
                case DEPTHWISE_KERNEL, SEPARABLE_DEPTHWISE_KERNEL -> "/depthwise_kernel";
                case SEPARABLE_POINTWISE_KERNEL -> "/pointwise_kernel";
                case SEPARABLE_BIAS, BIAS -> "/bias";
                case GAMMA -> "/gamma";
                case BETA -> "/beta";
                case MOVING_MEAN -> "/moving_mean";
                case MOVING_VARIANCE -> "/moving_variance";
                case SLOPE -> "/alpha";
            };
            case PYTORCH -> layer + switch (role) {
                case CONVOLUTION_KERNEL, TRANSPOSED_KERNEL, DEPTHWISE_KERNEL, DENSE_KERNEL, GAMMA, SLOPE -> ".weight";
                case SEPARABLE_DEPTHWISE_KERNEL -> ".conv1.weight";
                case SEPARABLE_POINTWISE_KERNEL -> ".pointwise.weight";
                case SEPARABLE_BIAS -> ".pointwise.bias";
                case BIAS, BETA -> ".bias";
                case MOVING_MEAN -> ".running_mean";
                case MOVING_VARIANCE -> ".running_var";
            };
        };
    }

    /**
     * For each axis of the file's tensor, the axis of the canonical layout ({@link TensorRole}) that it is. A depthwise
     * kernel's channels and multiplier are one axis in PyTorch's layout {@code [channels * multiplier, 1, height,
     * width]}: read as {@code [channels, multiplier, height, width]}, it is a permutation, too.
     */
    public List<Integer> axes(TensorRole role) {
        return switch (role) {
            case CONVOLUTION_KERNEL, SEPARABLE_POINTWISE_KERNEL ->
                    this == KERAS ? List.of(0, 1, 2, 3) : List.of(3, 2, 0, 1);
            case DEPTHWISE_KERNEL, SEPARABLE_DEPTHWISE_KERNEL ->
                    this == KERAS ? List.of(0, 1, 2, 3) : List.of(2, 3, 0, 1);
            case TRANSPOSED_KERNEL -> this == KERAS ? List.of(0, 1, 3, 2) : List.of(2, 3, 0, 1);
            case DENSE_KERNEL -> this == KERAS ? List.of(0, 1) : List.of(1, 0);
            case SEPARABLE_BIAS, BIAS, GAMMA, BETA, MOVING_MEAN, MOVING_VARIANCE, SLOPE -> List.of(0);
        };
    }

    /** What a batch norm's epsilon is where the spec does not say. */
    public double defaultEpsilon() {
        return this == KERAS ? 1e-3 : 1e-5;
    }

    /** Whether flattening puts all pixels of a channel together. */
    public boolean flattensChannelsFirst() {
        return this == PYTORCH;
    }
}
