package io.xceptionc.compiler.graph;

import io.xceptionc.compiler.graph.op.Op;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints graphs for people and tests: one line a node, the same for the same graph.
 *
 * <pre>
 * input: input -> [9, 9, 4]
 * conv1: conv2d(3x3, stride 2x2, bias, relu) input -> [4, 4, 16]  # conv1, bn1, relu1
 * output: output conv1 -> [4, 4, 16]
 * </pre>
 *
 * In parentheses stands what differs from the ordinary, in the order in which it is computed; padding is top, bottom,
 * left, right. After the hash stand the layers of the spec, if there are more than the one that the node is called by.
 */
public final class GraphPrinter {

    private GraphPrinter() {}

    /** All nodes in topological order, each line ended by a line feed. */
    public static String print(Graph graph) {
        return graph.nodes().stream().map(node -> line(node) + "\n").collect(Collectors.joining());
    }

    /** One node, without a line feed. */
    public static String line(Node node) {
        String inputs = node.inputs().stream().map(Node::name).collect(Collectors.joining(", "));
        return node.name() + ": " + describe(node.op()) + (inputs.isEmpty() ? "" : " " + inputs) + " -> " + node.type()
                + origins(node);
    }

    /** An operator and what is fused into it, {@code keyword(attributes)}. */
    public static String describe(Op op) {
        return op.details().isEmpty() ? op.keyword() : op.keyword() + "(" + op.details() + ")";
    }

    private static String origins(Node node) {
        List<String> names = node.origins().stream().map(Node.Origin::name).toList();
        return names.equals(List.of(node.name())) ? "" : "  # " + String.join(", ", names);
    }
}
