package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/** The sum of two or more values, {@code y = x1 + x2 + ...}, element by element, smaller ones repeated, float32. */
public record Add() implements StandaloneOp, Elementwise, Merge, CommutesWithChannelScaling {

    @Override
    public String keyword() {
        return "add";
    }

    @Override
    public String details() {
        return "";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        return ShapeRules.merged(inputs);
    }

    /** What is one number for all channels cannot take a factor for each. */
    @Override
    public boolean commutes(List<TensorType> inputs) {
        return inputs.stream().allMatch(input -> input.channels() == inputs.getFirst().channels());
    }

    /** What is added to the sum is added to one summand. */
    @Override
    public List<Share> shares(List<TensorType> inputs) {
        return IntStream.range(0, inputs.size())
                .mapToObj(index -> new Share(0, inputs.get(index).channels(), index == 0)).toList();
    }
}
