package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * What a node computes: an operator with all its attributes and weights.
 *
 * <p>
 * A {@link KernelOp} can be emitted; a {@link TransientOp} is rewritten by the passes before it comes to that.
 */
public sealed interface Op permits KernelOp, TransientOp {

    /** The keyword of the spec language nearest to it, for messages and tables. */
    String keyword();

    /**
     * The shape of the result.
     *
     * @throws ShapeException if the inputs do not fit
     */
    TensorType outputType(List<TensorType> inputs);

    /** The weights, in the order of the spec's reference; empty for most operators. */
    default List<Tensor> tensors() {
        return List.of();
    }

    /** The multiply-accumulate operations it takes to compute one result of one image. */
    default long multiplyAccumulates(List<TensorType> inputs) {
        return 0;
    }
}
