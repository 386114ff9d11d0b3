package io.xceptionc.compiler.graph;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.ShapeException;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Builds a graph front to back; an operator that does not fit its inputs is reported at its line, there and then. */
public final class GraphBuilder {

    private final String name;
    private final Diagnostics diagnostics;

    /** For a model of the given name. */
    public GraphBuilder(String name, Diagnostics diagnostics) {
        this.name = name;
        this.diagnostics = diagnostics;
    }

    /** The network's input. */
    public Node input(TensorType type, SourceSpan span) {
        return new Node("input", new Input(type), List.of(), List.of(new Node.Origin("input", span)));
    }

    /** Adds an operator; empty, and reported, if it does not fit its inputs. */
    public Optional<Node> add(String nodeName, Op op, List<Node> inputs, SourceSpan span) {
        try {
            Node node = new Node(nodeName, op, inputs, List.of(new Node.Origin(nodeName, span)));
            if (node.type().elementCount() > TensorType.LARGEST_ELEMENT_COUNT) {
                diagnostics.report(DiagnosticCode.E205, span,
                        op.keyword() + " '" + nodeName + "' yields " + node.type() + ", more than "
                                + TensorType.LARGEST_ELEMENT_COUNT + " elements",
                        "make the input smaller");
                return Optional.empty();
            }
            return Optional.of(node);
        } catch (ShapeException misfit) {
            diagnostics.report(misfit.code(), span, op.keyword() + " '" + nodeName + "' " + misfit.getMessage(),
                    misfit.help());
            return Optional.empty();
        }
    }

    /** The graph whose result is the given node's value. */
    public Graph build(Node last) {
        return new Graph(name, output(Output.UNNAMED, last));
    }

    /** The graph whose results are the given nodes' values, by name and in order. */
    public Graph build(SequencedMap<String, Node> results) {
        return new Graph(name, results.entrySet().stream()
                .map(result -> output(new Output(result.getKey()), result.getValue())).toList());
    }

    private static Node output(Output output, Node value) {
        return new Node(output.nodeName(), output, List.of(value),
                List.of(new Node.Origin(output.nodeName(), value.span())));
    }
}
