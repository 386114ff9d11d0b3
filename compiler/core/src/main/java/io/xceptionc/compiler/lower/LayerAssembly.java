package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.language.Formula;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Adds layers to a graph in the spec's order. */
final class LayerAssembly {

    /** Makes what a layer computes of inputs of the given types. */
    @FunctionalInterface
    interface FormulaMaker {

        /** What the layer computes; a {@link ShapeException} if it does not fit. */
        Formula make(List<TensorType> inputs);
    }

    /** The mark between a layer's name and that of a part of it; no layer's name has one. */
    private static final String PART = ":";

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
    Optional<Node> add(String name, String word, FormulaMaker maker, List<Node> inputs, SourceSpan span,
            Function<ShapeException, SourceSpan> placeOf) {
        try {
            budget.spendLayer(span);
            if (budget.isSpent()) {
                return Optional.empty();
            }
            Formula formula = maker.make(inputs.stream().map(Node::type).toList());
            return new Layer(name, inputs, span).add(formula);
        } catch (ShapeException misfit) {
            report(name, word, misfit, placeOf);
            return Optional.empty();
        }
    }

    /**
     * Looks at a layer that cannot be added, because what it reads is not known.
     *
     * @param check what can be told of it all the same
     */
    void check(String name, String word, Runnable check, Function<ShapeException, SourceSpan> placeOf) {
        try {
            check.run();
        } catch (ShapeException misfit) {
            report(name, word, misfit, placeOf);
        }
    }

    private void report(String name, String word, ShapeException misfit,
            Function<ShapeException, SourceSpan> placeOf) {
        diagnostics.report(misfit.code(), placeOf.apply(misfit), word + " '" + name + "' " + misfit.getMessage(),
                misfit.help());
    }

    /** Adds the operators of one layer, each once. */
    private final class Layer {

        private final String name;
        private final List<Node> inputs;
        private final SourceSpan span;
        private final IdentityHashMap<Formula, Optional<Node>> added = new IdentityHashMap<>();
        private int partCount;

        Layer(String name, List<Node> inputs, SourceSpan span) {
            this.name = name;
            this.inputs = inputs;
            this.span = span;
        }

        /** The value of the whole, which is called as the layer. */
        Optional<Node> add(Formula formula) {
            return add(formula, () -> name);
        }

        private Optional<Node> add(Formula formula, Supplier<String> nodeName) {
            return switch (formula) {
                case Formula.Read(int index) -> Optional.of(inputs.get(index));
                case Formula.Value(Op op, List<Formula> operands) -> {
                    List<Node> nodes = operands.stream().flatMap(operand -> part(operand).stream()).toList();
                    yield nodes.size() < operands.size() ? Optional.empty() : add(op, nodes, nodeName.get());
                }
            };
        }

        private Optional<Node> part(Formula formula) {
            if (!added.containsKey(formula)) {
                added.put(formula, add(formula, () -> name + PART + ++partCount));
            }
            return added.get(formula);
        }

        private Optional<Node> add(Op op, List<Node> operands, String nodeName) {
            op.outputType(operands.stream().map(Node::type).toList());
            Optional<Node> node = builder.add(nodeName, op, operands, span);
            node.ifPresent(layers::add);
            return node;
        }
    }

    /** The layers so far. */
    List<Node> layers() {
        return List.copyOf(layers);
    }
}
