package io.xceptionc.compiler.export;

import io.xceptionc.compiler.export.OnnxGraph.Attribute;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SliceChannels;
import java.util.List;

/** What moves values from pixel to pixel or channel to channel, as ONNX has it. */
final class ArrangementExport {

    private ArrangementExport() {}

    static String pad(OnnxGraph onnx, String name, Pad2d op, String input) {
        Padding padding = op.padding();
        String pads = onnx.integers(name + "/pads",
                List.of(0, 0, padding.top(), padding.left(), 0, 0, padding.bottom(), padding.right()));
        List<String> inputs = op.mode() == Pad2d.Mode.CONSTANT
                ? List.of(input, pads, onnx.scalar(name + "/value", op.value()))
                : List.of(input, pads);
        return onnx.node("Pad", name, inputs, new Attribute("mode", op.mode().word()));
    }

    static String sliceChannels(OnnxGraph onnx, String name, SliceChannels op, String input) {
        return onnx.node("Slice", name,
                List.of(input, onnx.integers(name + "/starts", List.of(op.first())),
                        onnx.integers(name + "/ends", List.of(op.first() + op.count())),
                        onnx.integers(name + "/axes", List.of(1))));
    }

    /** Of an image of a shape {@code [n, c, h, w]}: split, turned and joined again. */
    static String shuffleChannels(OnnxGraph onnx, String name, ShuffleChannels op, List<Integer> shape, String input) {
        if (op.groups() == 1 || op.groups() == shape.get(1)) {
            return onnx.node("Identity", name, List.of(input));
        }
        List<Integer> split = List.of(shape.get(0), op.groups(), shape.get(1) / op.groups(), shape.get(2),
                shape.get(3));
        String groups = onnx.node("Reshape", name + "/groups",
                List.of(input, onnx.integers(name + "/split", split)));
        String turned = onnx.node("Transpose", name + "/turned", List.of(groups),
                new Attribute("perm", List.of(0, 2, 1, 3, 4)));
        return onnx.node("Reshape", name, List.of(turned, onnx.integers(name + "/joined", shape)));
    }
}
