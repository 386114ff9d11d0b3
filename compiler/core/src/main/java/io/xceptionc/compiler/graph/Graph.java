package io.xceptionc.compiler.graph;

import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Output;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A network: nodes in topological order from one {@link Input} to one {@link Output} or several. Immutable; shapes fit
 * by construction, and every node is used.
 */
public final class Graph {

    private final String name;
    private final List<Node> nodes;
    private final List<Node> outputs;
    private final Map<Node, List<Node>> users = new HashMap<>();

    /** The graph of all that an output node needs. */
    public Graph(String name, Node output) {
        this(name, List.of(output));
    }

    /** The graph of all that some output nodes need, each of which stands before what only those after it need. */
    public Graph(String name, List<Node> outputs) {
        if (outputs.isEmpty() || !outputs.stream().allMatch(node -> node.op() instanceof Output)) {
            throw new IllegalArgumentException("not all of the last nodes are outputs: " + outputs);
        }
        this.name = name;
        this.outputs = List.copyOf(outputs);
        this.nodes = topologicalOrder(outputs);
        for (Node node : nodes) {
            users.putIfAbsent(node, new ArrayList<>());
            node.inputs().forEach(input -> users.get(input).add(node));
        }
        Set<String> names = new HashSet<>();
        nodes.forEach(node -> {
            if (!names.add(node.name())) {
                throw new IllegalStateException("two nodes are called '" + node.name() + "'");
            }
        });
        if (nodes.stream().filter(node -> node.op() instanceof Input).count() != 1) {
            throw new IllegalStateException("the network does not use its one input");
        }
    }

    private static List<Node> topologicalOrder(List<Node> outputs) {
        List<Node> order = new ArrayList<>();
        Set<Node> entered = new HashSet<>();
        Set<Node> done = new HashSet<>();
        for (Node output : outputs) {
            Deque<Node> stack = new ArrayDeque<>(List.of(output));
            while (!stack.isEmpty()) {
                Node node = stack.peek();
                if (entered.add(node)) {
                    node.inputs().reversed().stream().filter(input -> !done.contains(input)).forEach(stack::push);
                } else {
                    stack.pop();
                    if (done.add(node)) {
                        order.add(node);
                    }
                }
            }
        }
        return List.copyOf(order);
    }

    /** The model's name. */
    public String name() {
        return name;
    }

    /** All nodes, each after its inputs. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The node that stands for the network's input. */
    public Node input() {
        return nodes.stream().filter(node -> node.op() instanceof Input).findFirst().orElseThrow();
    }

    /** The nodes that hand out the results, in the spec's order. */
    public List<Node> outputs() {
        return outputs;
    }

    /**
     * The node that hands out the one result.
     *
     * @throws IllegalStateException if there are several
     */
    public Node output() {
        if (outputs.size() > 1) {
            throw new IllegalStateException("not one output: " + outputs);
        }
        return outputs.getFirst();
    }

    /** The nodes that read a node's value, once for each time they read it. */
    public List<Node> users(Node node) {
        return users.get(node);
    }

    /** Whether a node's value is read exactly once. */
    public boolean hasSingleUser(Node node) {
        return users(node).size() == 1;
    }

    /**
     * The graph with nodes replaced, front to back; empty if every node stayed what it was.
     *
     * @param replacement given a node of this graph and its inputs in the new graph, yields the node to stand for it;
     *        of a node it leaves as it is, {@link Node#withInputs}
     */
    public Optional<Graph> rewrite(BiFunction<Node, List<Node>, Node> replacement) {
        Map<Node, Node> replaced = new HashMap<>();
        for (Node node : nodes) {
            List<Node> inputs = node.inputs().stream().map(replaced::get).toList();
            replaced.put(node, replacement.apply(node, inputs));
        }
        List<Node> next = outputs.stream().map(replaced::get).toList();
        return next.equals(outputs) ? Optional.empty() : Optional.of(new Graph(name, next));
    }

    /** The graph with each weight replaced by another of its shape; itself if it has none. */
    public Graph mapTensors(UnaryOperator<Tensor> next) {
        return rewrite((node, inputs) -> node.op().tensors().isEmpty()
                ? node.withInputs(inputs)
                : new Node(node.name(), node.op().mapTensors(next), inputs, node.origins())).orElse(this);
    }
}
