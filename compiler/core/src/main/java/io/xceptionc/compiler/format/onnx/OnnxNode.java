package io.xceptionc.compiler.format.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation of a model.
 *
 * @param name its name; often empty
 * @param operator what it does, such as {@code Conv}
 * @param domain who defines that; empty for ONNX itself
 * @param inputs the names of the values that it reads; an empty one stands for an input that is left out
 * @param outputs the names of what it yields
 * @param attributes by name
 */
public record OnnxNode(
        String name,
        String operator,
        String domain,
        List<String> inputs,
        List<String> outputs,
        Map<String, OnnxAttribute> attributes) {

    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
