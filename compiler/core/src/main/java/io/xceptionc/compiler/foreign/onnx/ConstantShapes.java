package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Integers;
import io.xceptionc.compiler.graph.Axes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Operators of constants that change no number: they move, join or take them, or name their axes anew. */
final class ConstantShapes {

    static final Map<String, Translation> ALL = Map.of("Transpose", ConstantShapes::transpose, "Reshape",
            ConstantShapes::reshape, "Squeeze", ConstantShapes::squeeze, "Unsqueeze", ConstantShapes::unsqueeze,
            "Concat",
            ConstantShapes::concat, "Gather", ConstantShapes::gather, "Slice", ConstantShapes::slice, "Shape",
            ConstantShapes::sizes);

    private ConstantShapes() {}

    private static OnnxResult transpose(OnnxStep step) throws CannotImportException {
        List<Integer> shape = shape(step.input(0));
        List<Integer> order = new ArrayList<>();
        for (long axis : step.integers("perm").orElse(List.of())) {
            order.add(OnnxStep.axis(axis, shape.size()));
        }
        if (order.isEmpty()) {
            for (int axis = shape.size() - 1; axis >= 0; axis--) {
                order.add(axis);
            }
        }
        if (order.stream().distinct().count() != shape.size()) {
            throw new CannotImportException("its perm is " + order + " for " + shape.size() + " axes", "");
        }
        return transposed(step, shape, order);
    }

    private static OnnxResult transposed(OnnxStep step, List<Integer> shape, List<Integer> order)
            throws CannotImportException {
        List<Integer> next = order.stream().map(shape::get).toList();
        String name = step.node().outputs().getFirst();
        return switch (step.input(0)) {
            case Floats floats -> new Floats(name, next, () -> Axes.permuted(floats.source().read(), shape, order));
            case Integers integers -> {
                List<Long> moved = new ArrayList<>(integers.values());
                Axes.permute(shape, order, (to, from) -> moved.set(to, integers.values().get(from)));
                yield new Integers(next, moved);
            }
            default -> throw new CannotImportException("it moves the axes of nothing", "");
        };
    }

    /** The sizes of a constant's axes. */
    static List<Integer> shape(OnnxResult value) throws CannotImportException {
        return switch (value) {
            case Floats floats -> floats.shape();
            case Integers integers -> integers.shape();
            default -> throw new CannotImportException("it has no input", "");
        };
    }

    private static OnnxResult sizes(OnnxStep step) throws CannotImportException {
        return Integers.ofList(shape(step.input(0)).stream().map(Integer::longValue).toList());
    }

    private static OnnxResult shaped(OnnxStep step, List<Long> sizes) throws CannotImportException {
        List<Integer> next = new ArrayList<>();
        long count = 1;
        for (long size : sizes) {
            if (size < 0 || size > Integer.MAX_VALUE || (size != 0 && count > Long.MAX_VALUE / size)) {
                throw new CannotImportException("it makes " + sizes + " of a constant", "");
            }
            count *= size;
            next.add((int) size);
        }
        long before = shape(step.input(0)).stream().mapToLong(size -> size).reduce(1, Math::multiplyExact);
        if (count != before) {
            throw new CannotImportException("it makes " + sizes + " of " + before + " numbers", "");
        }
        return step.input(0) instanceof Floats floats
                ? new Floats(floats.name(), next, floats.source())
                : new Integers(next, ((Integers) step.input(0)).values());
    }

    private static OnnxResult reshape(OnnxStep step) throws CannotImportException {
        List<Integer> shape = shape(step.input(0));
        long count = shape.stream().mapToLong(size -> size).reduce(1, Math::multiplyExact);
        List<Long> wanted = new ArrayList<>(step.wholes(1, "sizes"));
        for (int axis = 0; axis < Math.min(wanted.size(), shape.size()); axis++) {
            if (wanted.get(axis) == 0) {
                wanted.set(axis, (long) shape.get(axis));
            }
        }
        return shaped(step, ShapeOperators.inferred(wanted, count));
    }

    private static List<Long> axes(OnnxStep step) throws CannotImportException {
        return step.has(1) ? step.wholes(1, "axes") : step.integers("axes").orElse(List.of());
    }

    private static OnnxResult squeeze(OnnxStep step) throws CannotImportException {
        List<Long> sizes = new ArrayList<>(shape(step.input(0)).stream().map(Integer::longValue).toList());
        List<Integer> axes = new ArrayList<>();
        for (long axis : axes(step)) {
            axes.add(OnnxStep.axis(axis, sizes.size()));
        }
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            if (axes.isEmpty() ? sizes.get(axis) == 1 : axes.contains(axis)) {
                sizes.remove(axis);
            }
        }
        return shaped(step, sizes);
    }

    private static OnnxResult unsqueeze(OnnxStep step) throws CannotImportException {
        List<Long> sizes = new ArrayList<>(shape(step.input(0)).stream().map(Integer::longValue).toList());
        List<Long> wanted = axes(step);
        List<Integer> axes = new ArrayList<>();
        for (long axis : wanted) {
            axes.add(OnnxStep.axis(axis, sizes.size() + wanted.size()));
        }
        Collections.sort(axes);
        for (int axis : axes) {
            if (axis > sizes.size()) {
                throw new CannotImportException("it adds the axes " + wanted, "");
            }
            sizes.add(axis, 1L);
        }
        return shaped(step, sizes);
    }

    private static OnnxResult concat(OnnxStep step) throws CannotImportException {
        List<Long> all = new ArrayList<>();
        for (int index = 0; index < step.inputs().size(); index++) {
            if (shape(step.input(index)).size() != 1) {
                throw new CannotImportException("it joins constants that are no lists", "");
            }
            all.addAll(step.wholes(index, "parts"));
            OnnxConstants.requireFew(all.size());
        }
        return Integers.ofList(all);
    }

    private static OnnxResult gather(OnnxStep step) throws CannotImportException {
        List<Long> values = step.wholes(0, "numbers");
        List<Integer> shape = shape(step.input(0));
        if (shape.size() != 1 || step.integer("axis", 0) != 0) {
            throw new CannotImportException("it takes from a constant of the shape " + shape, "");
        }
        List<Long> taken = new ArrayList<>();
        for (long index : step.wholes(1, "indices")) {
            taken.add(values.get(OnnxStep.axis(index, values.size())));
        }
        return new Integers(shape(step.input(1)), taken);
    }

    /** Along the first axis. */
    private static OnnxResult slice(OnnxStep step) throws CannotImportException {
        List<Integer> shape = shape(step.input(0));
        List<Long> values = step.wholes(0, "numbers");
        boolean attributes = step.opset() < 10;
        long start = only(attributes ? step.integers("starts").orElse(List.of()) : step.wholes(1, "starts"));
        long end = only(attributes ? step.integers("ends").orElse(List.of()) : step.wholes(2, "ends"));
        long axis = !attributes && step.has(3)
                ? only(step.wholes(3, "axes"))
                : only(step.integers("axes").orElse(List.of(0L)));
        long stride = !attributes && step.has(4) ? only(step.wholes(4, "steps")) : 1;
        if (shape.isEmpty() || OnnxStep.axis(axis, shape.size()) != 0 || Math.abs(stride) != 1) {
            throw new CannotImportException("it takes a part of a constant of the shape " + shape, "");
        }
        int rows = shape.getFirst();
        int rowLength = rows == 0 ? 0 : values.size() / rows;
        List<Long> taken = new ArrayList<>();
        for (int row : places(rows, start, end, (int) stride)) {
            taken.addAll(values.subList(row * rowLength, (row + 1) * rowLength));
        }
        List<Integer> next = new ArrayList<>(shape);
        next.set(0, rowLength == 0 ? 0 : taken.size() / rowLength);
        return new Integers(next, taken);
    }

    private static long only(List<Long> numbers) throws CannotImportException {
        if (numbers.size() != 1) {
            throw new CannotImportException("it takes a part along " + numbers.size() + " axes", "");
        }
        return numbers.getFirst();
    }

    /** The places that a slice takes, in its order: from a start to before an end, forwards or backwards. */
    private static List<Integer> places(int size, long start, long end, int stride) {
        int least = stride < 0 ? -1 : 0;
        int most = stride < 0 ? size - 1 : size;
        int from = Math.clamp(start < 0 ? start + size : start, least, most);
        int to = Math.clamp(end < 0 ? end + size : end, least, most);
        List<Integer> places = new ArrayList<>();
        for (int place = from; stride > 0 ? place < to : place > to; place += stride) {
            places.add(place);
        }
        return places;
    }
}
