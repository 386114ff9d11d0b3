package io.xceptionc.compiler.weights.bind;

import static java.util.stream.Collectors.joining;

import io.xceptionc.compiler.graph.Node;
import java.util.List;

/**
 * Layers that one message is about.
 *
 * @param noun what they are
 * @param nodes the layers, at least one
 */
record NodeList(String noun, List<Node> nodes) {

    private static final int MOST_LISTED = 3;

    NodeList {
        nodes = List.copyOf(nodes);
    }

    Node first() {
        return nodes.getFirst();
    }

    /** {@code layer 'a' has} or {@code 5 layers have}. */
    String subject(String ofOne, String ofSeveral) {
        return nodes.size() == 1
                ? noun + " '" + first().name() + "' " + ofOne
                : nodes.size() + " " + noun + "s " + ofSeveral;
    }

    /** Nothing for one, else {@code : 'a', 'b', 'c' and 2 more}. */
    String names() {
        String names = nodes.stream().limit(MOST_LISTED).map(node -> "'" + node.name() + "'").collect(joining(", "));
        String rest = nodes.size() > MOST_LISTED ? " and " + (nodes.size() - MOST_LISTED) + " more" : "";
        return nodes.size() == 1 ? "" : ": " + names + rest;
    }
}
