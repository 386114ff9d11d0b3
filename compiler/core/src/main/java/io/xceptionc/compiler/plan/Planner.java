package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides how nodes are computed and where in the arena their values lie, in phases of which each knows what those
 * before have decided: the algorithm of each node, from shapes alone ({@link Schedule}); how its values lie, from what
 * reads them; what holds for the whole model, the places of values and the stride of matrix rows ({@link RowsPlan}).
 * What depends on the width of vectors, the tiles, comes after all that, when kernels are emitted: the plan is the same
 * for all widths.
 */
public final class Planner {

    private final Graph graph;
    private final Schedule schedule;
    private final Map<Node, ImageLayout> layouts = new HashMap<>();
    private final Sharing sharing;

    private Planner(Graph graph) {
        this.graph = graph;
        this.schedule = Schedule.of(graph);
        graph.nodes().reversed().forEach(node -> layouts.put(node, layout(node)));
        this.sharing = new Sharing(graph, layouts);
    }

    /** The plan of a graph that holds kernel operators only. */
    public static MemoryPlan plan(Graph graph) {
        return new Planner(graph).plan();
    }

    private MemoryPlan plan() {
        List<Buffer> buffers = ArenaPlacement.best(buffers());
        for (Buffer buffer : buffers) {
            buffer.values().forEach(
                    node -> layouts.put(node, layouts.get(node).at(buffer.byteOffset() + sharing.byteOffset(node))));
        }
        List<Step> steps = schedule.tasks().stream().map(this::step).toList();
        return new MemoryPlan(graph, steps, buffers, ArenaPlacement.peak(buffers), lowerBound(buffers),
                RowsPlan.of(products()));
    }

    private ImageLayout layout(Node node) {
        TensorType type = node.type();
        Padding required = Borders.required(graph, node, schedule);
        Padding border = Sharing.home(graph, node).map(layouts::get)
                .map(whole -> new Padding(whole.top(), whole.bottom(), whole.left(), whole.right()))
                .map(ofWhole -> Borders.max(required, ofWhole)).orElse(required);
        List<Computation> readers = graph.users(node).stream().flatMap(user -> schedule.reader(user).stream()).toList();
        return new ImageLayout(0, type.height(), type.width(), type.channels(),
                schedule.tasks().get(schedule.index(node)).computation().blockChannels(type, readers), border.top(),
                border.bottom(), border.left(), border.right(), type.flat() ? 0 : 1);
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
        int index = schedule.index(node);
        return new Lifetime(index, graph.users(node).stream().mapToInt(schedule::index).max().orElse(index));
    }

    private long lowerBound(List<Buffer> buffers) {
        long[] changes = new long[schedule.tasks().size() + 1];
        for (Buffer buffer : buffers) {
            changes[buffer.lifetime().first()] += buffer.bytes();
            changes[buffer.lifetime().last() + 1] -= buffer.bytes();
        }
        Arrays.parallelPrefix(changes, Long::sum);
        return Arrays.stream(changes).max().orElse(0);
    }

    private Step step(Schedule.Task task) {
        Node node = task.nodes().getFirst();
        boolean isConcat = node.op() instanceof Concat;
        List<Boolean> copied =
                node.inputs().stream().map(input -> !isConcat || !sharing.isPlacedPart(input)).toList();
        boolean overwrites = node.inputs().stream()
                .anyMatch(input -> !isConcat && sharing.owner(input) == sharing.owner(node));
        return new Step(task.nodes(), task.computation(), node.inputs().stream().map(layouts::get).toList(),
                task.nodes().stream().map(layouts::get).toList(), copied, overwrites);
    }

    private List<ProductPlan> products() {
        return schedule.tasks().stream().flatMap(task -> task.computation().matrixProduct().stream())
                .map(MatrixProduct::product).toList();
    }
}
