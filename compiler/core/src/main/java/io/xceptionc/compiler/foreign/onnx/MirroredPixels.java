package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.Padding;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows or columns that are taken so that they pad an image: all of them, and some again before and after. */
final class MirroredPixels {

    private MirroredPixels() {}

    /** The padding along an axis of what a node reads first; empty if the places are of no other kind than that. */
    static Optional<Pad2d> pad(OnnxStep step, int axis, List<Integer> places) throws CannotImportException {
        Layout layout = step.layout(0);
        boolean ofRows = axis == layout.rowAxis();
        int size = step.sizes(0).get(axis);
        int before = IntStream.rangeClosed(0, places.size() - size).filter(
                from -> places.subList(from, from + size).equals(IntStream.range(0, size).boxed().toList()))
                .findFirst().orElse(-1);
        if (before < 0 || step.type(0).flat() || !(ofRows || axis == layout.columnAxis())) {
            return Optional.empty();
        }
        int after = places.size() - size - before;
        Padding padding = ofRows ? new Padding(before, after, 0, 0) : new Padding(0, 0, before, after);
        return Stream.of(Pad2d.Mode.SYMMETRIC, Pad2d.Mode.REFLECT, Pad2d.Mode.EDGE)
                .filter(mode -> places.equals(IntStream.range(-before, size + after)
                        .mapToObj(index -> source(mode, index, size)).toList()))
                .findFirst().map(mode -> new Pad2d(padding, mode, 0));
    }

    private static int source(Pad2d.Mode mode, int index, int size) {
        int beyond = index < 0 ? -index : index - size + 1;
        if (index >= 0 && index < size) {
            return index;
        }
        int fromEdge = switch (mode) {
            case CONSTANT, EDGE -> 0;
            case REFLECT -> beyond;
            case SYMMETRIC -> beyond - 1;
        };
        return index < 0 ? fromEdge : size - 1 - fromEdge;
    }
}
