package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Elementwise;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which values share memory: the parts of a concatenation with the whole, and a result with an input that
 * nobody reads afterwards.
 */
final class Sharing {

    private final Graph graph;
    private final Map<Node, ImageLayout> layouts;
    private final Map<Node, Integer> indices = new HashMap<>();
    private final Map<Node, Place> places = new HashMap<>();
    private final Set<Node> placedParts = new HashSet<>();
    private final Map<Node, Integer> lastReads = new HashMap<>();

    /**
     * Where a value lies.
     *
     * @param owner the value whose buffer it lies in; itself if it has one of its own
     * @param byteOffset where in that buffer
     */
    private record Place(Node owner, long byteOffset) {}

    /** With each value's layout; offsets in them do not count. */
    Sharing(Graph graph, Map<Node, ImageLayout> layouts) {
        this.graph = graph;
        this.layouts = layouts;
        graph.nodes().forEach(node -> indices.put(node, indices.size()));
        graph.nodes().reversed().forEach(this::placeParts);
        graph.nodes().forEach(node -> noteReads(owner(node), node));
        graph.nodes().forEach(node -> overwritten(node).ifPresent(input -> overwrite(node, input)));
    }

    /** The value whose buffer a value lies in; itself if it has one of its own. */
    Node owner(Node node) {
        return place(node).owner();
    }

    /** Where in its owner's buffer a value lies. */
    long byteOffset(Node node) {
        return place(node).byteOffset();
    }

    /** Whether the one concatenation that reads a value finds it in its place already. */
    boolean isPlacedPart(Node node) {
        return placedParts.contains(node);
    }

    private Place place(Node node) {
        return places.computeIfAbsent(node, _ -> new Place(node, 0));
    }

    private void placeParts(Node node) {
        if (!(node.op() instanceof Concat)) {
            return;
        }
        int channel = 0;
        for (Node part : node.inputs()) {
            boolean aligned = channel % ImageLayout.CHANNELS == 0;
            if (aligned && canLieIn(part, node)) {
                long byteOffset = channel / ImageLayout.CHANNELS * layouts.get(node).blockBytes();
                places.put(part, new Place(owner(node), byteOffset(node) + byteOffset));
                placedParts.add(part);
            }
            channel += part.type().channels();
        }
    }

    private boolean canLieIn(Node part, Node whole) {
        boolean wholeBlocks = part.type().channels() % ImageLayout.CHANNELS == 0 || part == whole.inputs().getLast();
        return wholeBlocks && home(graph, part).equals(Optional.of(whole)) && !(part.op() instanceof Input)
                && layouts.get(part).hasGeometryOf(layouts.get(whole));
    }

    /**
     * The one concatenation that reads a value, if the value may lie in it. If others read it, it has to be the greater
     * part: the memory of the whole is taken for as long as the value is.
     */
    static Optional<Node> home(Graph graph, Node part) {
        List<Node> wholes = graph.users(part).stream().filter(user -> user.op() instanceof Concat).toList();
        if (wholes.size() != 1 || Collections.frequency(wholes.getFirst().inputs(), part) != 1) {
            return Optional.empty();
        }
        boolean isGreaterPart = 2 * part.type().channels() > wholes.getFirst().type().channels();
        return Optional.of(wholes.getFirst()).filter(_ -> isGreaterPart || graph.hasSingleUser(part));
    }

    private void noteReads(Node owner, Node member) {
        int lastRead = graph.users(member).stream().mapToInt(indices::get).max().orElse(0);
        lastReads.merge(owner, lastRead, Math::max);
    }

    private void overwrite(Node node, Node input) {
        places.put(node, new Place(owner(input), 0));
        noteReads(owner(input), node);
    }

    private Optional<Node> overwritten(Node node) {
        if (placedParts.contains(node) || node.op() instanceof Output) {
            return Optional.empty();
        }
        return candidates(node).stream().filter(input -> canBeOverwritten(input, node)).findFirst();
    }

    private static List<Node> candidates(Node node) {
        if (node.op() instanceof Elementwise) {
            return node.inputs().stream().limit(2).filter(input -> input.type().equals(node.type())).toList();
        }
        return node.op() instanceof Convolution convolution && convolution.fusion().residual()
                ? List.of(node.inputs().get(convolution.fusion().residualIndex()))
                : List.of();
    }

    private boolean canBeOverwritten(Node input, Node node) {
        Node owner = owner(input);
        boolean sameMemory = byteOffset(input) == 0 && layouts.get(input).hasGeometryOf(layouts.get(node))
                && layouts.get(owner).bytes() == layouts.get(node).bytes();
        boolean windowElsewhere = node.op() instanceof Elementwise || owner(node.input()) != owner;
        return sameMemory && windowElsewhere && !(owner.op() instanceof Concat)
                && lastReads.get(owner).equals(indices.get(node)) && countUses(owner, node) == 1;
    }

    private long countUses(Node owner, Node user) {
        return user.inputs().stream().filter(input -> owner(input) == owner).count();
    }
}
