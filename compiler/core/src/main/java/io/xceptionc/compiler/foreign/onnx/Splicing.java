package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.format.onnx.OnnxAttribute;
import io.xceptionc.compiler.format.onnx.OnnxGraph;
import io.xceptionc.compiler.format.onnx.OnnxModel;
import io.xceptionc.compiler.format.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Nodes that are put in the place of another one, with names of their own for what they yield. */
final class Splicing {

    private final String prefix;
    private final Map<String, String> names;

    /**
     * In the place of a node.
     *
     * @param taken the names that values have so far; those of this place are added
     * @param names how values that the nodes share with what is around them are called there
     */
    Splicing(OnnxNode node, NavigableSet<String> taken, Map<String, String> names) {
        String own = node.name().isEmpty() ? String.join("_", node.outputs()) : node.name();
        String free = own + "/";
        for (int place = 1; begins(taken, free); place++) {
            free = own + "." + place + "/";
        }
        taken.add(free);
        this.prefix = free;
        this.names = new HashMap<>(names);
    }

    /** The names of all values of nodes and constants. */
    static NavigableSet<String> names(OnnxModel model) {
        NavigableSet<String> names = new TreeSet<>();
        model.nodes().forEach(node -> names.addAll(node.outputs()));
        model.initializers().forEach(tensor -> names.add(tensor.name()));
        return names;
    }

    private static boolean begins(NavigableSet<String> taken, String prefix) {
        String next = taken.ceiling(prefix);
        return next != null && next.startsWith(prefix);
    }

    /** Gives a value that belongs to the nodes a name that no other has. */
    void own(String value) {
        if (!value.isEmpty()) {
            names.putIfAbsent(value, prefix + value);
        }
    }

    /** What a value is called around the nodes. */
    String name(String value) {
        return names.getOrDefault(value, value);
    }

    /**
     * The nodes as they stand there.
     *
     * @param ofCaller the attributes that a function's nodes take over
     */
    List<OnnxNode> nodes(List<OnnxNode> inner, Map<String, OnnxAttribute> ofCaller) {
        inner.forEach(node -> node.outputs().forEach(this::own));
        List<OnnxNode> nodes = new ArrayList<>();
        for (OnnxNode node : inner) {
            nodes.add(node(node, ofCaller, Set.of()));
        }
        return nodes;
    }

    private OnnxNode node(OnnxNode node, Map<String, OnnxAttribute> ofCaller, Set<String> hidden) {
        Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
        node.attributes().forEach((key, value) -> {
            switch (value) {
                case OnnxAttribute.OfCaller(String attribute) when ofCaller.containsKey(attribute) ->
                        attributes.put(key, ofCaller.get(attribute));
                case OnnxAttribute.OfCaller _ -> {
                    // Left out by the caller, and so left out here.
                }
                case OnnxAttribute.Subgraph(OnnxGraph graph) ->
                        attributes.put(key, new OnnxAttribute.Subgraph(within(graph, ofCaller, hidden)));
                default -> attributes.put(key, value);
            }
        });
        return new OnnxNode(node.name().isEmpty() ? "" : prefix + node.name(), node.operator(), node.domain(),
                renamed(node.inputs(), hidden), renamed(node.outputs(), hidden), attributes);
    }

    private List<String> renamed(List<String> values, Set<String> hidden) {
        return values.stream().map(value -> hidden.contains(value) ? value : name(value)).toList();
    }

    /** A graph within one of the nodes, which has values of its own and reads those around it. */
    private OnnxGraph within(OnnxGraph graph, Map<String, OnnxAttribute> ofCaller, Set<String> hidden) {
        Set<String> own = new HashSet<>(hidden);
        graph.nodes().forEach(node -> own.addAll(node.outputs()));
        graph.initializers().forEach(tensor -> own.add(tensor.name()));
        graph.inputs().forEach(value -> own.add(value.name()));
        List<OnnxNode> nodes = new ArrayList<>();
        for (OnnxNode node : graph.nodes()) {
            nodes.add(node(node, ofCaller, own));
        }
        return new OnnxGraph(graph.name(), nodes, graph.initializers(), graph.inputs(), graph.outputs());
    }
}
