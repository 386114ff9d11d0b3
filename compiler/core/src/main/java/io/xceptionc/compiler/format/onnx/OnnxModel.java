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
 * @param name the network's name
 * @param nodes what it computes, in the order of the file
 * @param initializers its weights
 * @param inputs what it takes; older files name their weights among it
 * @param outputs what it gives
 */
public record OnnxModel(
        String producer,
        Map<String, Long> opsets,
        String name,
        List<OnnxNode> nodes,
        List<OnnxTensor> initializers,
        List<OnnxValue> inputs,
        List<OnnxValue> outputs) {

    public OnnxModel {
        opsets = Collections.unmodifiableMap(new LinkedHashMap<>(opsets));
        nodes = List.copyOf(nodes);
        initializers = List.copyOf(initializers);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
