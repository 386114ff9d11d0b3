package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A layer of the spec to be, or the network's input: an operator and what it reads. Compared by identity. */
final class Layer {

    private final int index;
    private final Op op;
    private final Optional<Op> activation;
    private final List<Layer> inputs;
    private final TensorType type;
    private final String sourceName;
    private final SourceSpan span;
    private final List<Layer> users = new ArrayList<>();

    /**
     * A layer that reads earlier ones.
     *
     * @param index its place in the order, 0 for the network's input
     * @param activation what is applied to its result and is part of it
     * @param sourceName what the graph calls it, any text
     */
    Layer(int index, Op op, Optional<Op> activation, List<Layer> inputs, TensorType type, String sourceName,
            SourceSpan span) {
        this.index = index;
        this.op = op;
        this.activation = activation;
        this.inputs = List.copyOf(inputs);
        this.type = type;
        this.sourceName = sourceName;
        this.span = span;
        this.inputs.forEach(input -> input.users.add(this));
    }

    int index() {
        return index;
    }

    Op op() {
        return op;
    }

    Optional<Op> activation() {
        return activation;
    }

    List<Layer> inputs() {
        return inputs;
    }

    /** The first of what it reads. */
    Layer input() {
        return inputs.getFirst();
    }

    TensorType type() {
        return type;
    }

    String sourceName() {
        return sourceName;
    }

    SourceSpan span() {
        return span;
    }

    /** Who reads it, once for each time. */
    List<Layer> users() {
        return Collections.unmodifiableList(users);
    }

    @Override
    public String toString() {
        return op.keyword() + " " + sourceName;
    }
}
