package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** The sum of two or more values of one shape, {@code y = x1 + x2 + ...}, in that order, float32. */
public record Add() implements Elementwise {

    @Override
    public String keyword() {
        return "add";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType first = inputs.getFirst();
        inputs.forEach(input -> ShapeRules.requireEqual(first, input));
        return first;
    }
}
