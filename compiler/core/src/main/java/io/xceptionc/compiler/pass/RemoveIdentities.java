package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Removable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code identity(x) -> x}, an identity being dropout, the identity activation, padding by nothing, the sum or
 * concatenation of one value, a vector flattened, each channel once, and a ReLU or ReLU6 of what already is clamped
 * as tightly.
 */
public final class RemoveIdentities implements Pass {

    @Override
    public boolean isRequired() {
        return true;
    }

    @Override
    public Optional<Graph> apply(Graph graph) {
        Map<Node, Node> sources = new HashMap<>();
        Map<Node, List<Node.Origin>> origins = new HashMap<>();
        for (Node node : graph.nodes()) {
            Node source = isIdentity(node, sources) ? sources.get(node.input()) : node;
            sources.put(node, source);
            origins.computeIfAbsent(source, _ -> new ArrayList<>()).addAll(node.origins());
        }
        return graph.rewrite((node, inputs) -> sources.get(node) == node
                ? node.withInputs(inputs).withOrigins(origins.get(node))
                : inputs.getFirst());
    }

    private static boolean isIdentity(Node node, Map<Node, Node> sources) {
        return (node.op() instanceof Removable op && op.isIdentity(node.inputs().stream().map(Node::type).toList()))
                || (node.op() instanceof Activate(Activation activation)
                        && isClamped(sources.get(node.input()), activation));
    }

    private static boolean isClamped(Node source, Activation activation) {
        return source.op() instanceof Activate(Activation earlier) && earlier.isWithin(activation);
    }
}
