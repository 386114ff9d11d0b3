package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Tensor;
import java.util.List;

/**
 * Where a network's tensors come from while its graph is built. Asked twice for one layer's tensor, it yields the same
 * object: that is how layers share weights.
 */
public interface Weights {

    /**
     * The tensor of a layer.
     *
     * @param layer the layer's name, without the mark of a repetition
     * @param role what it is to the layer
     * @param shape its shape in the canonical layout of the role
     * @param span the layer's place in the spec, for reports
     * @return the tensor in the canonical layout; if there is none, one without values, and the problem is reported,
     *         here or by {@link #finish}
     */
    Tensor tensor(String layer, TensorRole role, List<Integer> shape, SourceSpan span);

    /**
     * To be called when the graph is built: reports what only the whole shows, such as tensors that no layer asked for.
     */
    default void finish() {}
}
