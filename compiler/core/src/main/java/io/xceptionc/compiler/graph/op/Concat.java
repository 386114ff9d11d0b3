package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** The channels of all inputs one after another, {@code [h, w, c1], [h, w, c2], ... -> [h, w, c1 + c2 + ...]}, float32. */
public record Concat() implements StandaloneOp {

    @Override
    public String keyword() {
        return "concat";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType first = inputs.getFirst();
        inputs.forEach(input -> ShapeRules.requireEqual(first, input.withChannels(first.channels())));
        return first.withChannels(ShapeRules.size(inputs.stream().mapToLong(TensorType::channels).sum()));
    }
}
