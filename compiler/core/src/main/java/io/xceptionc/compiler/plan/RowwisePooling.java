package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import java.util.Optional;

/**
 * Decides which pools are computed along with the convolution that they read: a few of its rows, then what can be pooled of them
 * while they are in the cache. Threads that share the rows compute those twice that two of them need, so nothing may be added to
 * them in their place.
 */
final class RowwisePooling {

    /** Some second-level caches. Less is in the third-level cache still when the whole is pooled, and makes too few rows to share. */
    private static final long FEWEST_BYTES = 4 << 20;

    private RowwisePooling() {}

    /** The convolution whose step pools, too, if there is one. */
    static Optional<Node> convolution(Graph graph, Node pool) {
        if (!(pool.op() instanceof Pool2d) || graph.nodes().indexOf(pool) == 0) {
            return Optional.empty();
        }
        Node input = graph.nodes().get(graph.nodes().indexOf(pool) - 1);
        return input == pool.input() && fillsRowsInOrder(input) ? Optional.of(input) : Optional.empty();
    }

    private static boolean fillsRowsInOrder(Node node) {
        boolean multiplies = node.op() instanceof SeparableConv2d
                || (node.op() instanceof Conv2d conv && conv.groups() == 1);
        return multiplies && !((Convolution) node.op()).fusion().residual()
                && !RowsPlan.sharesPanels(node.type().pixelCount())
                && node.type().elementCount() * Float.BYTES >= FEWEST_BYTES;
    }
}
