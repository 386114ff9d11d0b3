package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.SeparableConv2d;

/**
 * Decides which pools are computed along with the convolution that they read: a few of its rows, then what can be pooled of them
 * while they are in the cache. Threads that share the rows compute those twice that two of them need, so nothing may be added to
 * them in their place.
 */
final class RowwisePooling {

    /** Some second-level caches. Less is in the third-level cache still when the whole is pooled, and makes too few rows to share. */
    private static final long FEWEST_BYTES = 4 << 20;

    private RowwisePooling() {}

    /** Whether a pool can be computed along with the step before it. */
    static boolean fits(Node before, Node pool) {
        return pool.op() instanceof Pool2d && before == pool.input() && fillsRowsInOrder(before);
    }

    private static boolean fillsRowsInOrder(Node node) {
        boolean multiplies = node.op() instanceof SeparableConv2d
                || (node.op() instanceof Conv2d conv && conv.groups() == 1);
        return multiplies && !WinogradConvolutions.fits(node) && !((Convolution) node.op()).fusion().residual()
                && !RowsPlan.sharesPanels(node.type().pixelCount())
                && node.type().elementCount() * Float.BYTES >= FEWEST_BYTES;
    }
}
