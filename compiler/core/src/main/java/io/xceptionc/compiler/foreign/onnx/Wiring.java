package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.format.onnx.OnnxAttribute;
import io.xceptionc.compiler.format.onnx.OnnxModel;
import io.xceptionc.compiler.format.onnx.OnnxNode;
import io.xceptionc.compiler.format.onnx.OnnxTensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which node yields which value of a model, and who reads it. */
final class Wiring {

    private final SourceSpan span;
    private final Map<String, OnnxNode> producers = new HashMap<>();
    private final Map<String, OnnxTensor> initializers = new HashMap<>();
    private final Map<String, List<OnnxNode>> readers = new HashMap<>();
    private final Set<String> outputs = new HashSet<>();

    /**
     * Of a model.
     *
     * @throws InvalidInputException if two nodes yield the same value
     */
    Wiring(OnnxModel model, SourceSpan span) throws InvalidInputException {
        this.span = span;
        model.outputs().forEach(output -> outputs.add(output.name()));
        model.initializers().forEach(tensor -> initializers.put(tensor.name(), tensor));
        for (OnnxNode node : model.nodes()) {
            for (String output : node.outputs()) {
                if (!output.isEmpty() && producers.putIfAbsent(output, node) != null) {
                    throw damaged("has two nodes that yield " + Quotation.of(output));
                }
            }
            node.inputs().forEach(input -> readers.computeIfAbsent(input, _ -> new ArrayList<>()).add(node));
        }
    }

    /** The node that yields a value. */
    Optional<OnnxNode> producer(String value) {
        return Optional.ofNullable(producers.get(value));
    }

    /** The weights of a name. */
    Optional<OnnxTensor> initializer(String value) {
        return Optional.ofNullable(initializers.get(value));
    }

    /** The tensor of a name, if it is a constant: weights, or the value of a constant node. */
    Optional<OnnxTensor> constant(String value) {
        return initializer(value).or(() -> producer(value).filter(node -> node.operator().equals("Constant"))
                .map(node -> node.attributes().get("value"))
                .flatMap(attribute -> attribute instanceof OnnxAttribute.Constant(OnnxTensor tensor)
                        ? Optional.of(tensor)
                        : Optional.empty()));
    }

    /** The nodes that read a value, once for each time they read it. */
    List<OnnxNode> readers(String value) {
        return Collections.unmodifiableList(readers.getOrDefault(value, List.of()));
    }

    /** Whether one node reads a value, once, and nobody outside of the model. */
    boolean isReadOnce(String value) {
        return readers(value).size() == 1 && !outputs.contains(value);
    }

    /**
     * The nodes that a value needs, each after those that it needs itself.
     *
     * @param inputs the values that a node reads, as far as they matter
     * @throws InvalidInputException if nodes form a cycle
     */
    List<OnnxNode> order(List<String> values, Function<OnnxNode, List<String>> inputs) throws InvalidInputException {
        List<OnnxNode> order = new ArrayList<>();
        Set<OnnxNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<OnnxNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<OnnxNode> stack = new ArrayDeque<>();
        values.reversed().forEach(value -> producer(value).ifPresent(stack::push));
        while (!stack.isEmpty()) {
            OnnxNode node = stack.peek();
            if (done.contains(node)) {
                stack.pop();
            } else if (open.add(node)) {
                for (OnnxNode needed : inputs.apply(node).reversed().stream().flatMap(this::producers).toList()) {
                    if (open.contains(needed) && !done.contains(needed)) {
                        throw damaged("has nodes that form a cycle through " + Quotation.of(node.outputs().getFirst()));
                    }
                    stack.push(needed);
                }
            } else {
                stack.pop();
                done.add(node);
                order.add(node);
            }
        }
        return order;
    }

    private Stream<OnnxNode> producers(String value) {
        return initializers.containsKey(value) ? Stream.empty() : producer(value).stream();
    }

    private InvalidInputException damaged(String message) {
        return new InvalidInputException(new Diagnostic(DiagnosticCode.E303, span,
                "is a damaged ONNX model: it " + message, "export or download the model again"));
    }
}
