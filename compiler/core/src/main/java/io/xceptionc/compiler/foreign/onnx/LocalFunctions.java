package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.format.onnx.OnnxAttribute;
import io.xceptionc.compiler.format.onnx.OnnxFunction;
import io.xceptionc.compiler.format.onnx.OnnxGraph;
import io.xceptionc.compiler.format.onnx.OnnxModel;
import io.xceptionc.compiler.format.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;

/** Puts what a model's own functions compute in the place of the nodes that call them (inlining). */
final class LocalFunctions {

    /** As many as a model may have. */
    private static final int MOST_NODES = 100_000;

    private static final int DEEPEST = 32;

    private final OnnxModel model;
    private final SourceSpan span;
    private final Map<String, OnnxFunction> functions = new HashMap<>();
    private final NavigableSet<String> taken;
    private final List<OnnxNode> nodes = new ArrayList<>();

    private LocalFunctions(OnnxModel model, SourceSpan span) {
        this.model = model;
        this.span = span;
        this.taken = Splicing.names(model);
    }

    /** The model without calls of its own functions. */
    static OnnxModel inlined(OnnxModel model, SourceSpan span) throws InvalidInputException {
        return model.functions().isEmpty() ? model : new LocalFunctions(model, span).inlined();
    }

    private OnnxModel inlined() throws InvalidInputException {
        for (OnnxFunction function : model.functions()) {
            if (functions.put(key(function.domain(), function.name()), function) != null) {
                throw ModelInput.problem(span, "has two functions called " + Quotation.of(function.name()),
                        "export it with functions inlined");
            }
        }
        for (OnnxNode node : model.nodes()) {
            add(node, 0);
        }
        OnnxGraph graph = model.graph();
        return model.of(new OnnxGraph(graph.name(), nodes, graph.initializers(), graph.inputs(), graph.outputs()));
    }

    private static String key(String domain, String name) {
        return domain + " " + name;
    }

    /** The function that a node calls; what ONNX itself defines is not looked up. */
    private Optional<OnnxFunction> called(OnnxNode node) {
        return OnnxImport.isOwnDomain(node)
                ? Optional.empty()
                : Optional.ofNullable(functions.get(key(node.domain(), node.operator())));
    }

    private void add(OnnxNode node, int depth) throws InvalidInputException {
        Optional<OnnxFunction> function = called(node);
        if (function.isEmpty()) {
            nodes.add(node);
            return;
        }
        if (depth == DEEPEST || nodes.size() > MOST_NODES) {
            throw ModelInput.problem(span, "has functions that call each other deeper than " + DEEPEST
                    + " times, or make more than " + MOST_NODES + " nodes", "export it with functions inlined");
        }
        requireFit(node, function.get());
        for (OnnxNode inner : body(node, function.get())) {
            add(inner, depth + 1);
        }
    }

    private void requireFit(OnnxNode node, OnnxFunction function) throws InvalidInputException {
        Long version = function.opsets().get("");
        if (version != null && !version.equals(model.opsets().get(""))) {
            throw ModelInput.problem(span, "has the function " + Quotation.of(function.name()) + " of opset " + version
                    + ", and is of another one itself", "export it with functions inlined");
        }
        if (node.inputs().size() > function.inputs().size() || node.outputs().size() > function.outputs().size()) {
            throw ModelInput.problem(span, "calls the function " + Quotation.of(function.name()) + " with "
                    + node.inputs().size() + " values for " + node.outputs().size() + " results, which has "
                    + function.inputs().size() + " for " + function.outputs().size(), "export it again");
        }
    }

    private List<OnnxNode> body(OnnxNode node, OnnxFunction function) {
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < function.inputs().size(); i++) {
            names.put(function.inputs().get(i), i < node.inputs().size() ? node.inputs().get(i) : "");
        }
        List<OnnxNode> passed = new ArrayList<>();
        for (int i = 0; i < node.outputs().size(); i++) {
            String given = names.putIfAbsent(function.outputs().get(i), node.outputs().get(i));
            if (given != null) {
                passed.add(new OnnxNode("", "Identity", "", List.of(given), List.of(node.outputs().get(i)), Map.of()));
            }
        }
        Map<String, OnnxAttribute> attributes = new HashMap<>(function.defaults());
        attributes.putAll(node.attributes());
        List<OnnxNode> body = new ArrayList<>(new Splicing(node, taken, names).nodes(function.nodes(), attributes));
        body.addAll(passed);
        return body;
    }
}
