package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import java.util.Optional;

/**
 * Rewrites a graph into one that computes the same, up to the rounding of weights. Has no state.
 *
 * <p>
 * What a pass makes of a layer keeps that layer's name, and with it the shape; the node that takes over another's
 * work takes over its origins, too.
 */
public interface Pass {

    /**
     * The graph rewritten; empty if there was nothing to do. Reads no weights: new tensors are computed when asked
     * for.
     */
    Optional<Graph> apply(Graph graph);

    /** The pass's name in reports. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Whether code cannot be emitted without it. */
    default boolean isRequired() {
        return false;
    }
}
