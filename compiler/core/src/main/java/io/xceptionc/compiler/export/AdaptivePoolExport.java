package io.xceptionc.compiler.export;

import io.xceptionc.compiler.export.OnnxGraph.Attribute;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.AdaptivePool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import java.util.ArrayList;
import java.util.List;

/**
 * Adaptive pooling, which ONNX has not: a plain pool where all parts are equal; else the rows of each part are cut out,
 * reduced and joined, and then the columns.
 *
 * @param onnx where nodes go
 * @param name what the last of them is called
 * @param op how many parts there are
 */
record AdaptivePoolExport(OnnxGraph onnx, String name, AdaptivePool2d op) {

    String pool(TensorType image, String input) {
        if (image.height() % op.height() == 0 && image.width() % op.width() == 0) {
            List<Integer> part = List.of(image.height() / op.height(), image.width() / op.width());
            return onnx.node(op.reduction() == Reduction.MAX ? "MaxPool" : "AveragePool", name, List.of(input),
                    new Attribute("kernel_shape", part), new Attribute("strides", part));
        }
        String rows = reduced(name + "/rows", input, 2, image.height(), op.height());
        return reduced(name, rows, 3, image.width(), op.width());
    }

    private String reduced(String result, String input, int axis, int size, int count) {
        String operator = op.reduction() == Reduction.MAX ? "ReduceMax" : "ReduceMean";
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String part = onnx.node("Slice", result + "/part",
                    List.of(input, onnx.integers(result + "/from", List.of(i * size / count)),
                            onnx.integers(result + "/to", List.of(Math.ceilDiv((i + 1) * size, count))),
                            onnx.integers(result + "/axis", List.of(axis))));
            parts.add(onnx.node(operator, result + "/reduced", List.of(part), new Attribute("axes", List.of(axis))));
        }
        return onnx.node("Concat", result, parts, new Attribute("axis", axis));
    }
}
