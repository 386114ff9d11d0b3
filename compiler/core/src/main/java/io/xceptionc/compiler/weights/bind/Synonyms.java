package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;
import java.util.stream.Stream;

/**
 * Names that mean the same: in PyTorch's files, where every author names the parts of a network, and in those of Keras
 * 3, which calls the kernel of a depthwise convolution as that of any other.
 *
 * @see <a href="https://github.com/keras-team/keras/blob/master/keras/src/layers/convolutional/base_depthwise_conv.py">Keras 3,
 *      BaseDepthwiseConv</a>
 */
final class Synonyms {

    /**
     * What the two halves of a separable convolution are called.
     *
     * @param depthwise the first half
     * @param pointwise the second half
     */
    record Halves(String depthwise, String pointwise) {}

    /** Those of Cadene's and timm's Xceptions first; the last is a {@code Sequential} of both. */
    static final List<Halves> HALVES = List.of(new Halves("conv1", "pointwise"), new Halves("conv_dw", "conv_pw"),
            new Halves("depthwise", "pointwise"), new Halves("dw", "pw"), new Halves("0", "1"));

    private static final List<String> CLASSIFIERS = List.of("fc", "last_linear", "head.fc", "classifier");

    private Synonyms() {}

    /** What a layer's tensor may be called as well. */
    static List<String> of(String layer, TensorRole role, NamingConvention convention) {
        return switch (convention) {
            case KERAS -> role == TensorRole.DEPTHWISE_KERNEL
                    ? List.of(convention.tensorName(layer, TensorRole.CONVOLUTION_KERNEL))
                    : List.of();
            case PYTORCH -> ofPyTorch(layer, role);
        };
    }

    private static List<String> ofPyTorch(String layer, TensorRole role) {
        return switch (role) {
            case SEPARABLE_DEPTHWISE_KERNEL ->
                    HALVES.stream().map(halves -> layer + "." + halves.depthwise + ".weight").distinct().toList();
            case SEPARABLE_POINTWISE_KERNEL ->
                    HALVES.stream().map(halves -> layer + "." + halves.pointwise + ".weight").distinct().toList();
            case SEPARABLE_BIAS ->
                    HALVES.stream().map(halves -> layer + "." + halves.pointwise + ".bias").distinct().toList();
            case DENSE_KERNEL -> classifiers(layer).map(name -> name + ".weight").toList();
            case BIAS -> classifiers(layer).map(name -> name + ".bias").toList();
            case CONVOLUTION_KERNEL, TRANSPOSED_KERNEL, DEPTHWISE_KERNEL, GAMMA, BETA, MOVING_MEAN, MOVING_VARIANCE,
                    SLOPE -> List.of();
        };
    }

    /** As they are, and as the second part of a {@code Sequential} behind its dropout. */
    private static Stream<String> classifiers(String layer) {
        return CLASSIFIERS.contains(layer)
                ? Stream.concat(CLASSIFIERS.stream(), CLASSIFIERS.stream().map(name -> name + ".1"))
                : Stream.empty();
    }
}
