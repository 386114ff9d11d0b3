package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tensor of a layer.
 *
 * @param role what it is to the layer
 * @param tensor its values, in the canonical layout of the role
 */
record LayerTensor(TensorRole role, Tensor tensor) {

    /** The tensors of an operator, in the reference's order. */
    static List<LayerTensor> of(Op op) {
        return switch (op) {
            case Conv2d conv -> with(TensorRole.BIAS, conv.bias(),
                    new LayerTensor(TensorRole.CONVOLUTION_KERNEL, conv.kernel()));
            case DepthwiseConv2d depthwise -> with(TensorRole.BIAS, depthwise.bias(),
                    new LayerTensor(TensorRole.DEPTHWISE_KERNEL, depthwise.kernel()));
            case SeparableConv2d separable -> with(TensorRole.SEPARABLE_BIAS, separable.bias(),
                    new LayerTensor(TensorRole.SEPARABLE_DEPTHWISE_KERNEL, separable.depthwise().kernel()),
                    new LayerTensor(TensorRole.SEPARABLE_POINTWISE_KERNEL, separable.kernel()));
            case Dense dense -> with(TensorRole.BIAS, dense.bias(),
                    new LayerTensor(TensorRole.DENSE_KERNEL, dense.kernel()));
            case BatchNorm norm -> norm(norm);
            default -> List.of();
        };
    }

    private static List<LayerTensor> with(TensorRole role, Optional<Tensor> last, LayerTensor... first) {
        List<LayerTensor> tensors = new ArrayList<>(List.of(first));
        last.ifPresent(tensor -> tensors.add(new LayerTensor(role, tensor)));
        return tensors;
    }

    private static List<LayerTensor> norm(BatchNorm norm) {
        List<LayerTensor> tensors = new ArrayList<>();
        norm.gamma().ifPresent(gamma -> tensors.add(new LayerTensor(TensorRole.GAMMA, gamma)));
        norm.beta().ifPresent(beta -> tensors.add(new LayerTensor(TensorRole.BETA, beta)));
        tensors.add(new LayerTensor(TensorRole.MOVING_MEAN, norm.mean()));
        tensors.add(new LayerTensor(TensorRole.MOVING_VARIANCE, norm.variance()));
        return tensors;
    }
}
