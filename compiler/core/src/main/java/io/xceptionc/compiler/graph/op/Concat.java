package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * The channels of all inputs one after another, {@code [h, w, c1], [h, w, c2], ... -> [h, w, c1 + c2 + ...]}, float32.
 */
public record Concat() implements StandaloneOp, Merge, CommutesWithChannelScaling {

    @Override
    public String keyword() {
        return "concat";
    }

    @Override
    public String details() {
        return "";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType first = inputs.getFirst();
        inputs.forEach(input -> ShapeRules.requireEqual(first, input.withChannels(first.channels())));
        return first.withChannels(ShapeRules.size(inputs.stream().mapToLong(TensorType::channels).sum()));
    }

    @Override
    public List<Share> shares(List<TensorType> inputs) {
        List<Share> shares = new ArrayList<>();
        int firstChannel = 0;
        for (TensorType input : inputs) {
            shares.add(new Share(firstChannel, input.channels(), true));
            firstChannel += input.channels();
        }
        return shares;
    }
}
