package io.xceptionc.compiler.export;

import io.xceptionc.compiler.export.OnnxGraph.Attribute;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SliceChannels;
import io.xceptionc.compiler.graph.op.SpaceToDepth;
import java.util.List;
import java.util.stream.IntStream;

/** What moves values from pixel to pixel or channel to channel, as ONNX has it. */
final class ArrangementExport {

    private ArrangementExport() {}

    /** To an image of a shape {@code [n, c, h, w]}. */
    static String pad(OnnxGraph onnx, String name, Pad2d op, List<Integer> shape, String input) {
        if (op.mode() == Pad2d.Mode.SYMMETRIC) {
            return mirrored(onnx, name, op, shape, input);
        }
        Padding padding = op.padding();
        String pads = onnx.integers(name + "/pads",
                List.of(0, 0, padding.top(), padding.left(), 0, 0, padding.bottom(), padding.right()));
        List<String> inputs = op.mode() == Pad2d.Mode.CONSTANT
                ? List.of(input, pads, onnx.scalar(name + "/value", op.value()))
                : List.of(input, pads);
        return onnx.node("Pad", name, inputs, new Attribute("mode", op.mode().word()));
    }

    /** A row or column at a time, for ONNX cannot mirror an image with its edge. */
    private static String mirrored(OnnxGraph onnx, String name, Pad2d op, List<Integer> shape, String input) {
        Padding padding = op.padding();
        String rows = onnx.node("Gather", name + "/rows",
                List.of(input, onnx.integers(name + "/row_indices",
                        mirror(padding.top(), padding.bottom(), shape.get(2)))),
                new Attribute("axis", 2));
        return onnx.node("Gather", name,
                List.of(rows, onnx.integers(name + "/column_indices",
                        mirror(padding.left(), padding.right(), shape.get(3)))),
                new Attribute("axis", 3));
    }

    private static List<Integer> mirror(int before, int after, int size) {
        int inside = size - before - after;
        return IntStream.range(-before, inside + after)
                .map(index -> index < 0 ? -index - 1 : index < inside ? index : 2 * inside - 1 - index).boxed()
                .toList();
    }

    /**
     * To an image of a shape {@code [n, c, h, w]}; PyTorch's order, which the operator does not know, by moving axes
     * that cannot be mistaken for one another.
     */
    static String spaceToDepth(OnnxGraph onnx, String name, SpaceToDepth op, List<Integer> shape, String input) {
        int block = op.block();
        if (op.order() == PixelOrder.TENSORFLOW) {
            return onnx.node("SpaceToDepth", name, List.of(input), new Attribute("blocksize", block));
        }
        int channels = shape.get(1) / (block * block);
        if (block == 1 || Math.min(channels, Math.min(shape.get(2), shape.get(3))) == 1) {
            String squares = onnx.node("SpaceToDepth", name + "/squares", List.of(input),
                    new Attribute("blocksize", block));
            return shuffleChannels(onnx, name, new ShuffleChannels(block * block), shape, squares);
        }
        String squares = onnx.node("Reshape", name + "/squares", List.of(input, onnx.integers(name + "/split",
                List.of(shape.get(0), channels, shape.get(2), block, shape.get(3), block))));
        String turned = onnx.node("Transpose", name + "/turned", List.of(squares),
                new Attribute("perm", List.of(0, 1, 3, 5, 2, 4)));
        return onnx.node("Reshape", name, List.of(turned, onnx.integers(name + "/joined", shape)));
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
