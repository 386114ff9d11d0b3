package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.spec.Spec;
import java.util.List;

/**
 * A spec unfolded.
 *
 * @param graph the network
 * @param layers its nodes in the spec's order, without input and output
 * @param spec what it was unfolded from
 */
public record LoweredNetwork(Graph graph, List<Node> layers, Spec spec) {

    public LoweredNetwork {
        layers = List.copyOf(layers);
    }
}
