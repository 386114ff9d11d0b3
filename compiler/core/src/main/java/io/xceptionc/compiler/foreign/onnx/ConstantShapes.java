package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Integers;
import io.xceptionc.compiler.graph.Axes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Operators of constants that change no number: they move, join or take them, or name their axes anew. */
final class ConstantShapes {

    static final Map<String, Translation> ALL = Map.ofEntries(Map.entry("Transpose", ConstantShapes::transpose),
            Map.entry("Reshape", ConstantShapes::reshape), Map.entry("Squeeze", ConstantShapes::squeeze),
            Map.entry("Unsqueeze", ConstantShapes::unsqueeze), Map.entry("Concat", ConstantShapes::concat),
            Map.entry("Gather", ConstantShapes::gather), Map.entry("Slice", ConstantShapes::slice),
            Map.entry("Shape", ConstantShapes::sizes), Map.entry("Size", ConstantShapes::count),
            Map.entry("Expand", ConstantShapes::expand), Map.entry("Tile", ConstantShapes::tile),
            Map.entry("Flatten", ConstantShapes::flatten));

    /** Through how many constants, each read from the one before, numbers are read at once. */
    private static final int DEEPEST = 64;

    private ConstantShapes() {}

    private static OnnxResult transpose(OnnxStep step) throws CannotImportException, InvalidInputException {
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
            throws CannotImportException, InvalidInputException {
        List<Integer> next = order.stream().map(shape::get).toList();
        String name = step.node().outputs().getFirst();
        return switch (step.input(0)) {
            case Floats floats when floats.depth() == DEEPEST ->
                    transposed(step.reading(ConstantNumbers.of(step, 0).result(step)), shape, order);
            case Floats floats -> new Floats(name, next, () -> Axes.permuted(floats.source().read(), shape, order),
                    floats.depth() + 1);
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
                ? new Floats(floats.name(), next, floats.source(), floats.depth())
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

    private static OnnxResult flatten(OnnxStep step) throws CannotImportException {
        List<Integer> shape = shape(step.input(0));
        long axis = step.integer("axis", 1);
        int from = Math.clamp(axis < 0 ? axis + shape.size() : axis, 0, shape.size());
        return shaped(step, List.of((long) run(shape, 0) / Math.max(1, run(shape, from)), (long) run(shape, from)));
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

    private static OnnxResult concat(OnnxStep step) throws CannotImportException, InvalidInputException {
        ConstantNumbers first = ConstantNumbers.of(step, 0);
        int axis = OnnxStep.axis(step.integer("axis", 0), first.shape().size());
        ConstantNumbers all = first;
        for (int index = 1; index < step.inputs().size(); index++) {
            all = joined(step, all, ConstantNumbers.of(step, index), axis);
        }
        return all.result(step);
    }

    private static ConstantNumbers joined(OnnxStep step, ConstantNumbers left, ConstantNumbers right, int axis)
            throws CannotImportException {
        List<Integer> shape = new ArrayList<>(left.shape());
        List<Integer> other = new ArrayList<>(right.shape());
        if (axis < other.size()) {
            shape.set(axis, left.shape().get(axis) + right.shape().get(axis));
            other.set(axis, left.shape().get(axis));
        }
        if (!other.equals(left.shape()) || left.areWhole() != right.areWhole()) {
            throw new CannotImportException("it joins " + left.shape() + " and " + right.shape(), "");
        }
        ConstantNumbers.take(step, (long) left.count() + right.count());
        int leftRun = run(left.shape(), axis);
        int rightRun = run(right.shape(), axis);
        int[] places = new int[left.count() + right.count()];
        for (int i = 0; i < places.length; i++) {
            int row = i / (leftRun + rightRun);
            int column = i % (leftRun + rightRun);
            places[i] = column < leftRun
                    ? row * leftRun + column
                    : left.count() + row * rightRun + column - leftRun;
        }
        return both(left, right).at(places, shape);
    }

    private static int run(List<Integer> shape, int axis) {
        return shape.subList(axis, shape.size()).stream().reduce(1, Math::multiplyExact);
    }

    private static ConstantNumbers both(ConstantNumbers left, ConstantNumbers right) {
        return left.areWhole()
                ? new ConstantNumbers(List.of(),
                        LongStream.concat(Arrays.stream(left.wholes()), Arrays.stream(right.wholes())).toArray(), null)
                : new ConstantNumbers(List.of(), null, DoubleStream
                        .concat(Arrays.stream(left.decimals()), Arrays.stream(right.decimals())).toArray());
    }

    private static OnnxResult gather(OnnxStep step) throws CannotImportException, InvalidInputException {
        ConstantNumbers numbers = ConstantNumbers.of(step, 0);
        int axis = OnnxStep.axis(step.integer("axis", 0), numbers.shape().size());
        List<Integer> taken = new ArrayList<>();
        for (long index : step.wholes(1, "indices")) {
            taken.add(OnnxStep.axis(index, numbers.shape().get(axis)));
        }
        ConstantNumbers found = taken(step, numbers, axis, taken);
        List<Integer> shape = new ArrayList<>(numbers.shape());
        shape.subList(axis, axis + 1).clear();
        shape.addAll(axis, shape(step.input(1)));
        return new ConstantNumbers(shape, found.wholes(), found.decimals()).result(step);
    }

    private static ConstantNumbers taken(OnnxStep step, ConstantNumbers numbers, int axis, List<Integer> places)
            throws CannotImportException {
        int inner = run(numbers.shape(), axis + 1);
        int size = numbers.shape().get(axis);
        int outer = size == 0 ? 0 : numbers.count() / size / Math.max(inner, 1);
        long count = (long) outer * places.size() * inner;
        ConstantNumbers.take(step, count);
        int[] from = new int[(int) count];
        for (int i = 0; i < from.length; i++) {
            int place = places.get(i / inner % places.size());
            from[i] = (i / inner / places.size() * size + place) * inner + i % inner;
        }
        List<Integer> shape = new ArrayList<>(numbers.shape());
        shape.set(axis, places.size());
        return numbers.at(from, shape);
    }

    private static OnnxResult slice(OnnxStep step) throws CannotImportException, InvalidInputException {
        ConstantNumbers numbers = ConstantNumbers.of(step, 0);
        for (Cut cut : Cut.of(step, numbers.shape().size())) {
            numbers = taken(step, numbers, cut.axis(), cut.places(numbers.shape().get(cut.axis())));
        }
        return numbers.result(step);
    }

    private static OnnxResult expand(OnnxStep step) throws CannotImportException, InvalidInputException {
        ConstantNumbers numbers = ConstantNumbers.of(step, 0);
        List<Integer> sizes = new ArrayList<>();
        for (long size : step.wholes(1, "sizes")) {
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw new CannotImportException("it makes a constant of the size " + size, "");
            }
            sizes.add((int) size);
        }
        return numbers.broadcast(step, Broadcast.shape(numbers.shape(), sizes)).result(step);
    }

    private static OnnxResult tile(OnnxStep step) throws CannotImportException, InvalidInputException {
        ConstantNumbers numbers = ConstantNumbers.of(step, 0);
        List<Long> repeats = step.wholes(1, "repeats");
        for (int axis = 0; axis < Math.min(repeats.size(), numbers.shape().size()); axis++) {
            int size = numbers.shape().get(axis);
            OnnxConstants.requireFew(Math.max(0, repeats.get(axis)));
            OnnxConstants.requireFew(repeats.get(axis) * size);
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < repeats.get(axis) * size; i++) {
                places.add(i % size);
            }
            numbers = taken(step, numbers, axis, places);
        }
        return numbers.result(step);
    }

    private static OnnxResult count(OnnxStep step) throws CannotImportException {
        long count = shape(step.input(0)).stream().mapToLong(size -> size).reduce(1, Math::multiplyExact);
        return new Integers(List.of(), List.of(count));
    }

    /**
     * What a slice takes along an axis.
     *
     * @param axis the axis
     * @param start the first place; from the back if it is negative
     * @param end behind the last place
     * @param stride from one place to the next
     */
    record Cut(int axis, long start, long end, long stride) {

        /** All of a node, which reads a value with so many axes. */
        static List<Cut> of(OnnxStep step, int rank) throws CannotImportException {
            boolean attributes = step.opset() < 10;
            List<Long> starts = attributes ? step.integers("starts").orElse(List.of()) : step.wholes(1, "starts");
            List<Long> ends = attributes ? step.integers("ends").orElse(List.of()) : step.wholes(2, "ends");
            List<Long> axes = !attributes && step.has(3)
                    ? step.wholes(3, "axes")
                    : step.integers("axes").orElse(LongStream.range(0, starts.size()).boxed().toList());
            List<Long> strides = !attributes && step.has(4)
                    ? step.wholes(4, "steps")
                    : Collections.nCopies(starts.size(), 1L);
            if (ends.size() != starts.size() || axes.size() != starts.size() || strides.size() != starts.size()) {
                throw new CannotImportException("it has " + starts.size() + " starts and " + ends.size() + " ends", "");
            }
            List<Cut> cuts = new ArrayList<>();
            for (int i = 0; i < starts.size(); i++) {
                if (strides.get(i) == 0) {
                    throw new CannotImportException("it has a step of 0", "");
                }
                cuts.add(new Cut(OnnxStep.axis(axes.get(i), rank), starts.get(i), ends.get(i), strides.get(i)));
            }
            return cuts;
        }

        /** The places of an axis of a size, in the order of the slice. */
        List<Integer> places(int size) {
            int least = stride < 0 ? -1 : 0;
            int most = stride < 0 ? size - 1 : size;
            int from = Math.clamp(start < 0 ? start + size : start, least, most);
            int to = Math.clamp(end < 0 ? end + size : end, least, most);
            List<Integer> places = new ArrayList<>();
            for (long place = from; stride > 0 ? place < to : place > to; place += stride) {
                places.add((int) place);
            }
            return places;
        }
    }
}
