package io.xceptionc.compiler.format.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An operator that a model brings along, made of others.
 *
 * @param domain whose operator it is
 * @param name what nodes call it by
 * @param opsets by domain, the version of the operators that it uses
 * @param inputs what it calls the values that it is given
 * @param outputs what it calls the values that it yields
 * @param defaults the attributes that a node which calls it may leave out
 * @param nodes what it computes
 */
public record OnnxFunction(
        String domain,
        String name,
        Map<String, Long> opsets,
        List<String> inputs,
        List<String> outputs,
        Map<String, OnnxAttribute> defaults,
        List<OnnxNode> nodes) {

    public OnnxFunction {
        opsets = Collections.unmodifiableMap(new LinkedHashMap<>(opsets));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        nodes = List.copyOf(nodes);
    }
}
