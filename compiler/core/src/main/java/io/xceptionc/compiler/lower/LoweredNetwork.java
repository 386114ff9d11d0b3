package io.xceptionc.compiler.lower;

import static java.util.stream.Collectors.toMap;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.spec.Spec;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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

    /** The network with each weight replaced by another of its shape. */
    public LoweredNetwork mapTensors(UnaryOperator<Tensor> next) {
        Graph mapped = graph.mapTensors(next);
        Map<String, Node> byName = mapped.nodes().stream().collect(toMap(Node::name, node -> node));
        return new LoweredNetwork(mapped, layers.stream().map(layer -> byName.get(layer.name())).toList(), spec);
    }
}
