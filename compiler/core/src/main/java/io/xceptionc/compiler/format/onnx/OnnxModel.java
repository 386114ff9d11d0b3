package io.xceptionc.compiler.format.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model says of itself and its network.
 *
 * @param producer which program wrote it, with its version; empty if it does not say
 * @param opsets by domain, the version of the operators
 * @param graph what it computes
 * @param functions the operators that it brings along
 */
public record OnnxModel(
        String producer,
        Map<String, Long> opsets,
        OnnxGraph graph,
        List<OnnxFunction> functions) {

    public OnnxModel {
        opsets = Collections.unmodifiableMap(new LinkedHashMap<>(opsets));
        functions = List.copyOf(functions);
    }

    /** The network's name. */
    public String name() {
        return graph.name();
    }

    /** What it computes, in the order of the file. */
    public List<OnnxNode> nodes() {
        return graph.nodes();
    }

    /** Its weights. */
    public List<OnnxTensor> initializers() {
        return graph.initializers();
    }

    /** What it takes; older files name their weights among it. */
    public List<OnnxValue> inputs() {
        return graph.inputs();
    }

    /** What it gives. */
    public List<OnnxValue> outputs() {
        return graph.outputs();
    }

    /** The same with another graph, and no functions that it would call. */
    public OnnxModel of(OnnxGraph next) {
        return new OnnxModel(producer, opsets, next, List.of());
    }
}
