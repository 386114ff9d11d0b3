package io.xceptionc.compiler.format.onnx;

import java.util.List;

/** The value of a node's attribute. */
public sealed interface OnnxAttribute {

    /**
     * A number.
     *
     * @param value the number
     */
    record Decimal(float value) implements OnnxAttribute {}

    /**
     * A whole number.
     *
     * @param value the number
     */
    record Whole(long value) implements OnnxAttribute {}

    /**
     * A text.
     *
     * @param value the text
     */
    record Text(String value) implements OnnxAttribute {}

    /**
     * A tensor.
     *
     * @param value the tensor
     */
    record Constant(OnnxTensor value) implements OnnxAttribute {}

    /**
     * Several numbers.
     *
     * @param values the numbers
     */
    record Decimals(List<Float> values) implements OnnxAttribute {
        public Decimals {
            values = List.copyOf(values);
        }
    }

    /**
     * Several whole numbers.
     *
     * @param values the numbers
     */
    record Wholes(List<Long> values) implements OnnxAttribute {
        public Wholes {
            values = List.copyOf(values);
        }
    }

    /**
     * A computation within a node, such as a branch.
     *
     * @param graph what is computed; it also reads values of the graph that the node stands in
     */
    record Subgraph(OnnxGraph graph) implements OnnxAttribute {}

    /**
     * Within a function, what the node that calls it gives.
     *
     * @param attribute the name of the caller's attribute
     */
    record OfCaller(String attribute) implements OnnxAttribute {}

    /** What no operator that can be computed here has: a sparse tensor, several of something else. */
    record Other() implements OnnxAttribute {}
}
