package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.KernelOp;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.StandaloneOp;
import io.xceptionc.compiler.graph.op.TransientOp;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides how each node is computed: by the cheapest of the algorithms that can. It knows shapes alone; where values lie is decided
 * afterwards, and follows.
 */
final class Schedule {

    /** Some second-level caches. Less is in the third-level cache still when the whole is pooled, and makes too few rows to share. */
    private static final long FEWEST_POOLED_BYTES = 4 << 20;

    private final Map<Node, Computation> computations = new HashMap<>();

    private Schedule(Graph graph) {
        for (Node node : graph.nodes()) {
            computations.put(node, cheapest(node));
        }
        for (int i = 1; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            if (node.op() instanceof Pool2d pool && node.input() == graph.nodes().get(i - 1)
                    && canPoolAlong(node.input())) {
                computations.put(node, new Computation.PoolAlong(pool));
            }
        }
    }

    /** For a graph that holds kernel operators only. */
    static Schedule of(Graph graph) {
        return new Schedule(graph);
    }

    /** How a node of the graph is computed. */
    Computation computation(Node node) {
        return computations.get(node);
    }

    /**
     * Whether what follows a node can be computed along with it. Threads that share its rows compute those twice that two of them need,
     * so nothing may be added to them in their place.
     */
    private boolean canPoolAlong(Node node) {
        return computation(node) instanceof Computation.MatrixProduct product && product.finishesPixelsInOrder()
                && node.type().elementCount() * Float.BYTES >= FEWEST_POOLED_BYTES;
    }

    /** The cheapest way to compute a node by itself. */
    static Computation cheapest(Node node) {
        return candidates(node).min(Comparator.comparingLong(Computation::multiplications)).orElseThrow();
    }

    /** All algorithms that can compute a node. */
    private static Stream<Computation> candidates(Node node) {
        return switch (kernelOp(node)) {
            case Conv2d conv when conv.groups() > 1 -> Stream.of(Computation.GroupedIm2col.of(conv, node.type()));
            case Conv2d conv -> Stream.of(Optional.of(Computation.Im2col.of(conv, node.type())),
                    Computation.WinogradSquares.candidate(conv, node.type())).flatMap(Optional::stream);
            case SeparableConv2d conv -> Stream.of(Computation.Separable.of(conv, node.type()));
            case DepthwiseConv2d conv ->
                    Stream.of(new Computation.Depthwise(conv, node.type().elementCount() * conv.window().tapCount()));
            case Dense dense -> Stream.of(new Computation.MatrixVector(dense));
            case StandaloneOp op -> Stream.of(new Computation.Plain(op));
        };
    }

    private static KernelOp kernelOp(Node node) {
        return switch (node.op()) {
            case KernelOp op -> op;
            case TransientOp op ->
                    throw new IllegalStateException("a pass left '" + node.name() + "': " + op.keyword());
        };
    }
}
