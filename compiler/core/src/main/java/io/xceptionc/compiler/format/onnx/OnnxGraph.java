package io.xceptionc.compiler.format.onnx;

import java.util.List;

/**
 * What a model, or a branch in it, computes.
 *
 * @param name its name
 * @param nodes the operations, in the order of the file
 * @param initializers its weights
 * @param inputs what it takes; older files name their weights among it
 * @param outputs what it gives
 */
public record OnnxGraph(
        String name,
        List<OnnxNode> nodes,
        List<OnnxTensor> initializers,
        List<OnnxValue> inputs,
        List<OnnxValue> outputs) {

    public OnnxGraph {
        nodes = List.copyOf(nodes);
        initializers = List.copyOf(initializers);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
