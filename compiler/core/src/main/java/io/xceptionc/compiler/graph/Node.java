package io.xceptionc.compiler.graph;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.op.Op;
import java.util.List;
import java.util.stream.Stream;

/**
 * One operation applied to the values of other nodes. Compared by identity.
 */
public final class Node {

    /**
     * A layer of the spec that a node computes.
     *
     * @param name the layer's name
     * @param span where the spec says so
     */
    public record Origin(String name, SourceSpan span) {}

    private final String name;
    private final Op op;
    private final List<Node> inputs;
    private final TensorType type;
    private final List<Origin> origins;

    /** With inputs that fit; whoever has inputs that may not fit calls {@link GraphBuilder#add}. */
    public Node(String name, Op op, List<Node> inputs, List<Origin> origins) {
        this.name = name;
        this.op = op;
        this.inputs = List.copyOf(inputs);
        this.type = op.outputType(this.inputs.stream().map(Node::type).toList());
        this.origins = List.copyOf(origins);
    }

    /** The layer's name, unique in its graph. */
    public String name() {
        return name;
    }

    /** What it computes. */
    public Op op() {
        return op;
    }

    /** The values it reads, in the operator's order. */
    public List<Node> inputs() {
        return inputs;
    }

    /** The first value it reads. */
    public Node input() {
        return inputs.getFirst();
    }

    /** The shape of what it yields. */
    public TensorType type() {
        return type;
    }

    /** The layers of the spec that it computes, in order; more than one after fusion. */
    public List<Origin> origins() {
        return origins;
    }

    /** Where the spec names it: the place of the layer of its name, if it has one, else of the first it computes. */
    public SourceSpan span() {
        return origins.stream().filter(origin -> origin.name().equals(name)).findFirst().orElse(origins.getFirst())
                .span();
    }

    /** The same, reading other values of the same shapes; itself if they are the ones it reads. */
    public Node withInputs(List<Node> next) {
        return inputs.equals(next) ? this : new Node(name, op, next, origins);
    }

    /** The same, standing for other layers of the spec; itself if they are the ones it stands for. */
    public Node withOrigins(List<Origin> next) {
        return origins.equals(next) ? this : new Node(name, op, inputs, next);
    }

    /**
     * The layers of several nodes that become one, in the given order, each once and where it comes last: the last of
     * all is the layer whose value the node yields.
     */
    public static List<Origin> originsOf(Node... nodes) {
        List<Origin> all = Stream.of(nodes).flatMap(node -> node.origins().stream()).toList();
        return all.reversed().stream().distinct().toList().reversed();
    }

    /** {@code name: op -> shape}. */
    @Override
    public String toString() {
        return name + ": " + op.keyword() + " -> " + type;
    }
}
