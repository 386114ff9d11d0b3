package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Integers;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Pooled;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Flatten;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Operators that move no number, or only into a vector. */
final class ShapeOperators {

    static final Map<String, Translation> ALL = Map.of("Identity", step -> same(step), "Dropout",
            ShapeOperators::dropout, "Cast", ShapeOperators::cast, "Transpose", ShapeOperators::transpose, "Flatten",
            ShapeOperators::flatten, "Reshape", ShapeOperators::reshape, "Squeeze", ShapeOperators::squeeze, "Shape",
            ShapeOperators::shape);

    private static final int FLOAT = 1;

    private ShapeOperators() {}

    /** What it reads, as it is. */
    private static OnnxResult same(OnnxStep step) throws CannotImportException {
        return step.input(0) instanceof Pooled || step.input(0) instanceof Floats
                || step.input(0) instanceof Integers ? step.input(0) : step.activations(0);
    }

    private static OnnxResult dropout(OnnxStep step) throws CannotImportException {
        if (step.has(2) && (!(step.input(2) instanceof Integers(List<Integer> _, List<Long> values))
                || values.stream().anyMatch(value -> value != 0))) {
            throw new CannotImportException("it is in training mode, where it drops numbers at random",
                    OnnxStep.EXPORT_FOR_INFERENCE);
        }
        return same(step);
    }

    private static OnnxResult cast(OnnxStep step) throws CannotImportException {
        long type = step.integer("to", FLOAT);
        if (type != FLOAT) {
            throw new CannotImportException("it makes numbers of another type (" + type + ") than FLOAT", "");
        }
        return same(step);
    }

    private static OnnxResult transpose(OnnxStep step) throws CannotImportException {
        List<Integer> order = new ArrayList<>();
        for (long axis : step.integers("perm").orElse(List.of())) {
            order.add(Math.clamp(axis, -1, Byte.MAX_VALUE));
        }
        Layout next = step.input(0) instanceof Pooled pooled
                ? pooled.layout().permuted(order)
                : step.activations(0).layout().permuted(order);
        if (next == null) {
            throw new CannotImportException("it moves axes to " + order, "only channels can go first or last");
        }
        return step.input(0) instanceof Pooled(String name, var input, Layout _, var reduction)
                ? new Pooled(name, input, next, reduction)
                : new Activations(step.activations(0).node(), next);
    }

    private static OnnxResult flatten(OnnxStep step) throws CannotImportException {
        int rank = step.input(0) instanceof Pooled ? Layout.NCHW.rank() : step.activations(0).layout().rank();
        long axis = step.integer("axis", 1);
        if (axis != 1 && axis + rank != 1) {
            throw new CannotImportException("it flattens from axis " + axis + " on", "only from axis 1 on is known");
        }
        return vector(step);
    }

    private static OnnxResult vector(OnnxStep step) throws CannotImportException {
        if (step.input(0) instanceof Pooled pooled) {
            return step.vector(pooled);
        }
        Activations input = step.activations(0);
        if (input.layout() == Layout.NWHC) {
            throw new CannotImportException("it makes a vector of an image whose width and height have changed places",
                    "");
        }
        return input.layout() == Layout.VECTOR
                ? input
                : step.add(new Flatten(input.layout() == Layout.NCHW), Layout.VECTOR, input.node());
    }

    private static OnnxResult reshape(OnnxStep step) throws CannotImportException {
        List<Integer> sizes = sizes(step);
        List<Long> wanted = new ArrayList<>(step.opset() < 5
                ? step.integers("shape").orElse(List.of())
                : step.wholes(1, "sizes"));
        for (int axis = 0; axis < wanted.size() && axis < sizes.size(); axis++) {
            if (wanted.get(axis) == 0 && step.integer("allowzero", 0) == 0) {
                wanted.set(axis, (long) sizes.get(axis));
            }
        }
        long count = sizes.stream().mapToLong(size -> size).reduce(1, Math::multiplyExact);
        List<Long> next = inferred(wanted, count);
        if (next.equals(sizes.stream().map(Integer::longValue).toList())) {
            return same(step);
        }
        if (next.equals(List.of((long) step.context().batch(), count / step.context().batch()))) {
            return vector(step);
        }
        throw new CannotImportException("it makes " + wanted + " of " + sizes,
                "only reshaping to one vector for each image is known");
    }

    private static List<Integer> sizes(OnnxStep step) throws CannotImportException {
        return step.input(0) instanceof Pooled pooled
                ? pooled.layout().sizes(step.context().batch(),
                        TensorType.image(1, 1, pooled.input().type().channels()))
                : step.sizes(step.activations(0));
    }

    /** With the size that -1 stands for. */
    static List<Long> inferred(List<Long> wanted, long count) throws CannotImportException {
        int open = wanted.indexOf(-1L);
        if (open < 0) {
            return wanted;
        }
        List<Long> next = new ArrayList<>(wanted);
        next.set(open, 1L);
        long known = 1;
        for (long size : next) {
            if (size < 1 || size > count / known) {
                throw new CannotImportException("it makes " + wanted + " of " + count + " numbers", "");
            }
            known *= size;
        }
        next.set(open, count / known);
        return next;
    }

    private static OnnxResult squeeze(OnnxStep step) throws CannotImportException {
        List<Long> axes = step.has(1)
                ? step.wholes(1, "axes")
                : step.integers("axes").orElse(List.of());
        Layout layout = step.input(0) instanceof Pooled pooled ? pooled.layout() : step.activations(0).layout();
        TreeSet<Integer> squeezed = new TreeSet<>();
        for (long axis : axes) {
            squeezed.add(OnnxStep.axis(axis, layout.rank()));
        }
        List<Integer> sizes = sizes(step);
        if (layout == Layout.VECTOR || !squeezed.equals(new TreeSet<>(layout.sides()))
                || squeezed.stream().anyMatch(axis -> sizes.get(axis) != 1)) {
            throw new CannotImportException("it takes the axes " + axes + " out of " + sizes,
                    "only height and width of an image of one pixel are known");
        }
        return vector(step);
    }

    private static OnnxResult shape(OnnxStep step) throws CannotImportException {
        List<Long> sizes = sizes(step).stream().map(Integer::longValue).toList();
        int from = end(step.integer("start", 0), sizes.size());
        int to = end(step.integer("end", sizes.size()), sizes.size());
        return Integers.ofList(from < to ? sizes.subList(from, to) : List.of());
    }

    private static int end(long index, int rank) {
        return Math.clamp(index < 0 ? index + rank : index, 0, rank);
    }
}
