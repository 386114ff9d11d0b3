package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.function.UnaryOperator;

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

    /**
     * What sets it apart from others of its keyword, in the order in which it is computed, for people; empty if nothing
     * does.
     */
    String details();

    /** The weights, in the order of the spec's reference; empty for most operators. */
    default List<Tensor> tensors() {
        return List.of();
    }

    /**
     * The same with other weights, as many and of the same shapes; to be given by every operator that has {@link
     * #tensors}.
     */
    default Op withTensors(List<Tensor> tensors) {
        if (!tensors.isEmpty() || !tensors().isEmpty()) {
            throw new IllegalArgumentException("takes no weights: " + keyword());
        }
        return this;
    }

    /** The same with each of its weights replaced by another of its shape. */
    default Op mapTensors(UnaryOperator<Tensor> next) {
        return withTensors(tensors().stream().map(next).toList());
    }

    /** The multiply-accumulate operations it takes to compute one result of one image. */
    default long multiplyAccumulates(List<TensorType> inputs) {
        return 0;
    }
}
