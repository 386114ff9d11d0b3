package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Elementwise;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which values share memory: the parts of a concatenation with the whole, and a result with an input that nobody reads
 * afterwards.
 */
final class Sharing {

    private final Graph graph;
    private final Map<Node, ImageLayout> layouts;
    private final Map<Node, Integer> indices = new HashMap<>();
    private final Map<Node, Node> owners = new HashMap<>();
    private final Map<Node, Long> offsets = new HashMap<>();

    /** With each value's layout; offsets in them do not count. */
    Sharing(Graph graph, Map<Node, ImageLayout> layouts) {
        this.graph = graph;
        this.layouts = layouts;
        graph.nodes().forEach(node -> indices.put(node, indices.size()));
        graph.nodes().reversed().forEach(this::placeParts);
        graph.nodes().forEach(node -> overwritten(node).ifPresent(input -> own(node, owner(input), 0)));
    }

    /** The value whose buffer a value lies in; itself if it has one of its own. */
    Node owner(Node node) {
        Node owner = owners.getOrDefault(node, node);
        return owner == node ? node : owner(owner);
    }

    /** Where in its owner's buffer a value lies. */
    long byteOffset(Node node) {
        Node owner = owners.getOrDefault(node, node);
        return owner == node ? 0 : offsets.get(node) + byteOffset(owner);
    }

    /** Whether a concatenation finds an input in its place already. */
    boolean liesIn(Node part, Node whole) {
        return owners.get(part) == whole;
    }

    private void own(Node node, Node owner, long byteOffset) {
        owners.put(node, owner);
        offsets.put(node, byteOffset);
    }

    private void placeParts(Node node) {
        if (!(node.op() instanceof Concat)) {
            return;
        }
        int channel = 0;
        for (Node part : node.inputs()) {
            boolean aligned = channel % ImageLayout.CHANNELS == 0;
            if (aligned && canLieIn(part, node)) {
                own(part, node, channel / ImageLayout.CHANNELS * layouts.get(node).blockBytes());
            }
            channel += part.type().channels();
        }
    }

    private boolean canLieIn(Node part, Node whole) {
        boolean wholeBlocks = part.type().channels() % ImageLayout.CHANNELS == 0 || part == whole.inputs().getLast();
        return wholeBlocks && graph.hasSingleUser(part) && !(part.op() instanceof Input)
                && layouts.get(part).hasGeometryOf(layouts.get(whole));
    }

    private Optional<Node> overwritten(Node node) {
        if (owners.containsKey(node) || node.op() instanceof Output) {
            return Optional.empty();
        }
        return candidates(node).stream().filter(input -> canBeOverwritten(input, node)).findFirst();
    }

    private static List<Node> candidates(Node node) {
        return switch (node.op()) {
            case Elementwise _ -> node.inputs().subList(0, Math.min(2, node.inputs().size()));
            case Convolution convolution when convolution.fusion().residual() -> List.of(node.inputs().get(1));
            default -> List.of();
        };
    }

    private boolean canBeOverwritten(Node input, Node node) {
        Node owner = owner(input);
        boolean sameMemory = byteOffset(input) == 0 && layouts.get(input).hasGeometryOf(layouts.get(node))
                && layouts.get(owner).bytes() == layouts.get(node).bytes();
        boolean windowElsewhere = node.op() instanceof Elementwise || owner(node.input()) != owner;
        return sameMemory && windowElsewhere && !(owner.op() instanceof Concat)
                && livesUntil(owner) == indices.get(node) && countUses(owner, node) == 1;
    }

    private int livesUntil(Node owner) {
        return members(owner).stream().flatMap(member -> graph.users(member).stream()).mapToInt(indices::get).max()
                .orElse(0);
    }

    private long countUses(Node owner, Node user) {
        return user.inputs().stream().filter(input -> owner(input) == owner).count();
    }

    /** The values that lie in an owner's buffer. */
    List<Node> members(Node owner) {
        List<Node> members = new ArrayList<>();
        graph.nodes().stream().filter(node -> owner(node) == owner).forEach(members::add);
        return members;
    }
}
