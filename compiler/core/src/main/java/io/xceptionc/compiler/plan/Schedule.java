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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides how each node is computed, by the cheapest of the algorithms that can, and which nodes at once. It knows
 * shapes alone; where values lie is decided afterwards, and follows.
 */
final class Schedule {

    /**
     * Some second-level caches. Less is in the third-level cache still when the whole is pooled, and makes too few rows
     * to share.
     */
    private static final long FEWEST_POOLED_BYTES = 4 << 20;

    /**
     * What is computed at once.
     *
     * @param nodes the nodes, each but the first from the one before
     * @param computation how
     */
    record Task(List<Node> nodes, Computation computation) {

        Task {
            nodes = List.copyOf(nodes);
        }
    }

    private final List<Task> tasks = new ArrayList<>();
    private final Map<Node, Integer> indices = new HashMap<>();

    private Schedule(Graph graph) {
        for (Node node : graph.nodes()) {
            Optional<Task> joined = tasks.isEmpty() ? Optional.empty() : joined(tasks.getLast(), node);
            if (joined.isPresent()) {
                tasks.removeLast();
            }
            tasks.add(joined.orElseGet(() -> new Task(List.of(node), cheapest(node))));
            indices.put(node, tasks.size() - 1);
        }
    }

    /** For a graph that holds kernel operators only. */
    static Schedule of(Graph graph) {
        return new Schedule(graph);
    }

    /** Everything that is computed, in order. */
    List<Task> tasks() {
        return tasks;
    }

    /** The number of the task that computes a node. */
    int index(Node node) {
        return indices.get(node);
    }

    /** The computation that reads a node's inputs; empty if the node is computed along with its input. */
    Optional<Computation> reader(Node node) {
        Task task = tasks.get(index(node));
        return task.nodes().getFirst() == node ? Optional.of(task.computation()) : Optional.empty();
    }

    /**
     * A task together with the pool that reads it. Threads that share the pool's rows compute those of the product
     * twice that two of them need, so nothing may be added to them in their place.
     */
    private static Optional<Task> joined(Task task, Node next) {
        Node last = task.nodes().getLast();
        return next.op() instanceof Pool2d pool && next.input() == last
                && task.computation() instanceof MatrixProduct product && product.finishesPixelsInOrder()
                && last.type().elementCount() * Float.BYTES >= FEWEST_POOLED_BYTES
                        ? Optional.of(new Task(List.of(last, next), new Computation.PooledProduct(product, pool)))
                        : Optional.empty();
    }

    /** The cheapest way to compute a node by itself. */
    static Computation cheapest(Node node) {
        return candidates(node).min(Comparator.comparingLong(Computation::multiplications)).orElseThrow();
    }

    /** All algorithms that can compute a node. */
    private static Stream<Computation> candidates(Node node) {
        return switch (kernelOp(node)) {
            case Conv2d conv when conv.fusion().inputScaling().isPresent() ->
                    Stream.of(MatrixProduct.Im2col.of(conv, node.type()));
            case Conv2d conv when conv.groups() > 1 -> Stream.of(MatrixProduct.GroupedIm2col.of(conv, node.type()));
            case Conv2d conv -> Stream.of(Optional.of(MatrixProduct.Im2col.of(conv, node.type())),
                    MatrixProduct.WinogradSquares.candidate(conv, node.type())).flatMap(Optional::stream);
            case SeparableConv2d conv -> Stream.of(MatrixProduct.Separable.of(conv, node.type()));
            case DepthwiseConv2d conv -> Stream.of(Computation.Depthwise.of(conv, node.type()));
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
