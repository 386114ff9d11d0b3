package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Decides in which order nodes are computed and where in the arena their values lie. */
public final class Planner {

    private static final int FEWEST_CHANNELS_OF_BLOCKS = 16;

    private final Graph graph;
    private final Schedule schedule;
    private final Map<Node, ImageLayout> layouts = new HashMap<>();
    private final Map<Node, Integer> indices = new HashMap<>();
    private final Sharing sharing;

    private Planner(Graph graph) {
        this.graph = graph;
        this.schedule = Schedule.of(graph);
        graph.nodes().forEach(node -> indices.put(node, indices.size()));
        graph.nodes().reversed().forEach(node -> layouts.put(node, layout(node)));
        this.sharing = new Sharing(graph, layouts);
    }

    /** The plan of a graph that holds kernel operators only. */
    public static MemoryPlan plan(Graph graph) {
        return new Planner(graph).plan();
    }

    private MemoryPlan plan() {
        List<Buffer> buffers = Placement.best(buffers());
        for (Buffer buffer : buffers) {
            buffer.values().forEach(
                    node -> layouts.put(node, layouts.get(node).at(buffer.byteOffset() + sharing.byteOffset(node))));
        }
        List<Step> steps = graph.nodes().stream().map(this::step).toList();
        return new MemoryPlan(graph, steps, buffers, Placement.peak(buffers), lowerBound(buffers),
                RowsPlan.of(factors()));
    }

    private ImageLayout layout(Node node) {
        TensorType type = node.type();
        Padding border = Borders.required(graph, node, schedule);
        for (Node user : graph.users(node)) {
            if (user.op() instanceof Concat && graph.hasSingleUser(node)) {
                ImageLayout whole = layouts.get(user);
                border = new Padding(whole.top(), whole.bottom(), whole.left(), whole.right());
            }
        }
        int blockChannels = isSmallPicture(node) ? type.channels() : ImageLayout.CHANNELS;
        return new ImageLayout(0, type.height(), type.width(), type.channels(), blockChannels, border.top(),
                border.bottom(), border.left(), border.right(), type.flat() ? 0 : 1);
    }

    /** Whether a value is the network's input and has so few channels that blocks of them would be mostly empty. */
    private boolean isSmallPicture(Node node) {
        return node.op() instanceof Input && node.type().channels() < FEWEST_CHANNELS_OF_BLOCKS
                && graph.users(node).stream().allMatch(user -> schedule.computation(user).readsPixels());
    }

    private List<Buffer> buffers() {
        Map<Node, List<Node>> members = new LinkedHashMap<>();
        graph.nodes().forEach(node -> members.computeIfAbsent(sharing.owner(node), _ -> new ArrayList<>()).add(node));
        graph.outputs().forEach(members::remove);
        return members.entrySet().stream().map(entry -> new Buffer(entry.getValue(),
                entry.getValue().stream().map(this::lifetime).reduce(Lifetime::union).orElseThrow(),
                aligned(layouts.get(entry.getKey()).bytes()), 0))
                .toList();
    }

    private static long aligned(long bytes) {
        return (bytes + 63) & -64;
    }

    private Lifetime lifetime(Node node) {
        int index = indices.get(node);
        int last = graph.users(node).stream().mapToInt(indices::get).max().orElse(index);
        return new Lifetime(schedule.computation(node) instanceof Computation.PoolAlong ? index - 1 : index, last);
    }

    private long lowerBound(List<Buffer> buffers) {
        long[] changes = new long[graph.nodes().size() + 1];
        for (Buffer buffer : buffers) {
            changes[buffer.lifetime().first()] += buffer.bytes();
            changes[buffer.lifetime().last() + 1] -= buffer.bytes();
        }
        Arrays.parallelPrefix(changes, Long::sum);
        return Arrays.stream(changes).max().orElse(0);
    }

    private Step step(Node node) {
        List<Boolean> copied = node.inputs().stream().map(input -> !sharing.isPlacedPart(input)).toList();
        boolean overwrites = node.inputs().stream()
                .anyMatch(input -> !(node.op() instanceof Concat) && sharing.owner(input) == sharing.owner(node));
        return new Step(node, schedule.computation(node), node.inputs().stream().map(layouts::get).toList(),
                layouts.get(node), copied, overwrites);
    }

    private List<RowsPlan.Factor> factors() {
        return graph.nodes().stream().map(schedule::computation)
                .mapMulti((Computation computation, Consumer<RowsPlan.Factor> factors) -> {
                    if (computation instanceof Computation.MatrixProduct product) {
                        factors.accept(product.product().factor());
                    }
                }).toList();
    }
}
