package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Adds layers to a graph in the spec's order. */
final class LayerAssembly {

    /** Makes an operator for inputs of the given types. */
    @FunctionalInterface
    interface OpMaker {

        /** The operator; a {@link ShapeException} if it does not fit. */
        Op make(List<TensorType> inputs);
    }

    private final GraphBuilder builder;
    private final Budget budget;
    private final Diagnostics diagnostics;
    private final List<Node> layers = new ArrayList<>();

    LayerAssembly(GraphBuilder builder, Budget budget, Diagnostics diagnostics) {
        this.builder = builder;
        this.budget = budget;
        this.diagnostics = diagnostics;
    }

    /**
     * Adds a layer; empty, and reported, if it does not fit its inputs.
     *
     * @param word the keyword, for the report
     * @param span the layer's place
     * @param placeOf where a misfit is best seen
     */
    Optional<Node> add(String name, String word, OpMaker maker, List<Node> inputs, SourceSpan span,
            Function<ShapeException, SourceSpan> placeOf) {
        budget.spendLayer(span);
        if (budget.isSpent()) {
            return Optional.empty();
        }
        List<TensorType> types = inputs.stream().map(Node::type).toList();
        try {
            Op op = maker.make(types);
            op.outputType(types);
            Optional<Node> node = builder.add(name, op, inputs, span);
            node.ifPresent(layers::add);
            return node;
        } catch (ShapeException misfit) {
            diagnostics.report(misfit.code(), placeOf.apply(misfit),
                    word + " '" + name + "' " + misfit.getMessage(), misfit.help());
            return Optional.empty();
        }
    }

    /** The layers so far. */
    List<Node> layers() {
        return List.copyOf(layers);
    }
}
