package io.xceptionc.compiler.imports.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.imports.onnx.Value.Absent;
import io.xceptionc.compiler.imports.onnx.Value.Floats;
import io.xceptionc.compiler.imports.onnx.Value.Integers;
import io.xceptionc.compiler.weights.onnx.DataType;
import io.xceptionc.compiler.weights.onnx.OnnxAttribute;
import io.xceptionc.compiler.weights.onnx.OnnxFile;
import io.xceptionc.compiler.weights.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/** Operators of constants, which are computed once: on shapes, and what moves the numbers of weights. */
final class Constants {

    static final Map<String, Translation> ALL = Map.ofEntries(Map.entry("Constant", Constants::constant),
            Map.entry("Identity", step -> step.input(0)), Map.entry("Cast", Constants::cast),
            Map.entry("Transpose", Constants::transpose), Map.entry("Reshape", Constants::reshape),
            Map.entry("Squeeze", Constants::squeeze), Map.entry("Unsqueeze", Constants::unsqueeze),
            Map.entry("Concat", Constants::concat), Map.entry("Gather", Constants::gather),
            Map.entry("Slice", Constants::slice), Map.entry("ConstantOfShape", Constants::filled),
            Map.entry("Add", step -> computed(step, Math::addExact)),
            Map.entry("Sub", step -> computed(step, Math::subtractExact)),
            Map.entry("Mul", step -> computed(step, Math::multiplyExact)),
            Map.entry("Div", step -> computed(step, Constants::quotient)));

    private static final int MOST_INTEGERS = 1 << 16;

    private static final double CLOSE = 1e-6;

    private Constants() {}

    /** Whether a node is computed from constants only. */
    static boolean areAll(List<Value> values) {
        return values.stream().allMatch(value -> value instanceof Floats || value instanceof Integers
                || value instanceof Absent);
    }

    /** Whether a number is meant to be another one: the same but for rounding. */
    static boolean isClose(double number, double meant) {
        return Math.abs(number - meant) <= CLOSE * Math.abs(meant);
    }

    /** The value of a tensor of the file. */
    static Value of(OnnxTensor tensor, String name, OnnxFile file) throws CannotImportException, InvalidInputException {
        List<Integer> shape = new ArrayList<>();
        for (long size : tensor.shape()) {
            if (size > Integer.MAX_VALUE) {
                throw new CannotImportException("it has the shape " + tensor.shape(), "");
            }
            shape.add((int) size);
        }
        if (tensor.type() != DataType.INT64 && tensor.type() != DataType.INT32 && tensor.type() != DataType.BOOL) {
            return new Floats(name, shape, () -> file.floats(tensor));
        }
        requireFew(tensor.elementCount());
        List<Long> values = new ArrayList<>();
        for (long value : file.integers(tensor)) {
            values.add(value);
        }
        return new Integers(shape, values);
    }

    private static void requireFew(long count) throws CannotImportException {
        if (count > MOST_INTEGERS) {
            throw new CannotImportException("it computes with " + count + " whole numbers at once", "");
        }
    }

    private static Value constant(Step step) throws CannotImportException, InvalidInputException {
        String name = step.node().outputs().getFirst();
        for (Map.Entry<String, OnnxAttribute> attribute : step.node().attributes().entrySet()) {
            if (!attribute.getKey().startsWith("value")) {
                continue;
            }
            return switch (attribute.getValue()) {
                case OnnxAttribute.Constant(OnnxTensor tensor) -> of(tensor, name, step.context().file());
                case OnnxAttribute.Whole(long value) -> new Integers(List.of(), List.of(value));
                case OnnxAttribute.Wholes(List<Long> values) -> Integers.ofList(values);
                case OnnxAttribute.Decimal(float value) -> new Floats(name, List.of(), () -> new float[] {value});
                case OnnxAttribute.Decimals(List<Float> values) -> new Floats(name, List.of(values.size()),
                        () -> floats(values));
                case OnnxAttribute.Text _,OnnxAttribute.Other _ ->
                        throw new CannotImportException("its value is no number and no tensor", "");
            };
        }
        throw new CannotImportException("it has no value", "");
    }

    private static float[] floats(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    /** Floating point numbers stay as they are read, and whole ones whole. */
    private static Value cast(Step step) throws CannotImportException {
        boolean toFloat = switch (Math.clamp(step.integer("to", 0), 0, Byte.MAX_VALUE)) {
            case 1, 10, 11, 16 -> true;
            case 6, 7 -> false;
            default -> throw new CannotImportException("it makes a constant of a type that nothing here computes with",
                    "");
        };
        return switch (step.input(0)) {
            case Floats floats when toFloat -> floats;
            case Integers integers when !toFloat -> integers;
            case Integers(List<Integer> shape, List<Long> values) -> new Floats(step.node().outputs().getFirst(), shape,
                    () -> floats(values.stream().map(Long::floatValue).toList()));
            default -> throw new CannotImportException("it makes whole numbers of others", "");
        };
    }

    private static Value transpose(Step step) throws CannotImportException {
        List<Integer> shape = shape(step.input(0));
        List<Integer> order = new ArrayList<>();
        for (long axis : step.integers("perm").orElse(List.of())) {
            order.add(Step.axis(axis, shape.size()));
        }
        if (order.isEmpty()) {
            for (int axis = shape.size() - 1; axis >= 0; axis--) {
                order.add(axis);
            }
        }
        if (order.stream().distinct().count() != shape.size()) {
            throw new CannotImportException("its perm is " + order + " for " + shape.size() + " axes", "");
        }
        List<Integer> next = order.stream().map(shape::get).toList();
        String name = step.node().outputs().getFirst();
        return switch (step.input(0)) {
            case Floats floats -> new Floats(name, next, () -> {
                float[] values = floats.source().read();
                float[] moved = new float[values.length];
                NumberOrder.transposed(shape, order, (to, from) -> moved[to] = values[from]);
                return moved;
            });
            case Integers integers -> {
                List<Long> moved = new ArrayList<>(integers.values());
                NumberOrder.transposed(shape, order, (to, from) -> moved.set(to, integers.values().get(from)));
                yield new Integers(next, moved);
            }
            default -> throw new CannotImportException("it moves the axes of nothing", "");
        };
    }

    private static List<Integer> shape(Value value) throws CannotImportException {
        return switch (value) {
            case Floats floats -> floats.shape();
            case Integers integers -> integers.shape();
            default -> throw new CannotImportException("it has no input", "");
        };
    }

    private static Value shaped(Step step, List<Long> sizes) throws CannotImportException {
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

    private static Value reshape(Step step) throws CannotImportException {
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

    private static List<Long> axes(Step step) throws CannotImportException {
        return step.has(1) ? step.wholes(1, "axes") : step.integers("axes").orElse(List.of());
    }

    private static Value squeeze(Step step) throws CannotImportException {
        List<Long> sizes = new ArrayList<>(shape(step.input(0)).stream().map(Integer::longValue).toList());
        List<Integer> axes = new ArrayList<>();
        for (long axis : axes(step)) {
            axes.add(Step.axis(axis, sizes.size()));
        }
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            if (axes.isEmpty() ? sizes.get(axis) == 1 : axes.contains(axis)) {
                sizes.remove(axis);
            }
        }
        return shaped(step, sizes);
    }

    private static Value unsqueeze(Step step) throws CannotImportException {
        List<Long> sizes = new ArrayList<>(shape(step.input(0)).stream().map(Integer::longValue).toList());
        List<Long> wanted = axes(step);
        List<Integer> axes = new ArrayList<>();
        for (long axis : wanted) {
            axes.add(Step.axis(axis, sizes.size() + wanted.size()));
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

    private static Value concat(Step step) throws CannotImportException {
        List<Long> all = new ArrayList<>();
        for (int index = 0; index < step.inputs().size(); index++) {
            if (shape(step.input(index)).size() != 1) {
                throw new CannotImportException("it joins constants that are no lists", "");
            }
            all.addAll(step.wholes(index, "parts"));
            requireFew(all.size());
        }
        return Integers.ofList(all);
    }

    private static Value gather(Step step) throws CannotImportException {
        List<Long> values = step.wholes(0, "numbers");
        List<Integer> shape = shape(step.input(0));
        if (shape.size() != 1 || step.integer("axis", 0) != 0) {
            throw new CannotImportException("it takes from a constant of the shape " + shape, "");
        }
        List<Long> taken = new ArrayList<>();
        for (long index : step.wholes(1, "indices")) {
            taken.add(values.get(Step.axis(index, values.size())));
        }
        return new Integers(shape(step.input(1)), taken);
    }

    /** Along the first axis. */
    private static Value slice(Step step) throws CannotImportException {
        List<Integer> shape = shape(step.input(0));
        List<Long> values = step.wholes(0, "numbers");
        boolean attributes = step.opset() < 10;
        long start = only(attributes ? step.integers("starts").orElse(List.of()) : step.wholes(1, "starts"));
        long end = only(attributes ? step.integers("ends").orElse(List.of()) : step.wholes(2, "ends"));
        long axis = !attributes && step.has(3)
                ? only(step.wholes(3, "axes"))
                : only(step.integers("axes").orElse(List.of(0L)));
        long stride = !attributes && step.has(4) ? only(step.wholes(4, "steps")) : 1;
        if (shape.isEmpty() || Step.axis(axis, shape.size()) != 0 || Math.abs(stride) != 1) {
            throw new CannotImportException("it takes a part of a constant of the shape " + shape, "");
        }
        int rows = shape.getFirst();
        int rowLength = rows == 0 ? 0 : values.size() / rows;
        List<Long> taken = new ArrayList<>();
        for (int row : NumberOrder.slice(rows, start, end, (int) stride)) {
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

    private static Value filled(Step step) throws CannotImportException, InvalidInputException {
        List<Long> sizes = step.wholes(0, "sizes");
        long count = 1;
        for (long size : sizes) {
            count = size < 0 || size > MOST_INTEGERS ? MOST_INTEGERS + 1L : count * size;
            requireFew(count);
        }
        List<Long> values = List.of(0L);
        if (step.node().attributes().get("value") instanceof OnnxAttribute.Constant(OnnxTensor tensor)) {
            if (!(of(tensor, "", step.context().file()) instanceof Integers(List<Integer> _, List<Long> fill))
                    || fill.size() != 1) {
                throw new CannotImportException("it repeats what is no whole number", "");
            }
            values = fill;
        }
        return new Integers(sizes.stream().map(Long::intValue).toList(), Collections.nCopies((int) count,
                values.getFirst()));
    }

    private static long quotient(long dividend, long divisor) {
        if (divisor == 0) {
            throw new ArithmeticException();
        }
        return dividend / divisor;
    }

    private static Value computed(Step step, LongBinaryOperator operator) throws CannotImportException {
        List<Long> left = step.wholes(0, "numbers");
        List<Long> right = step.wholes(1, "numbers");
        boolean isLeftSingle = left.size() == 1;
        if (left.size() != right.size() && !isLeftSingle && right.size() != 1) {
            throw new CannotImportException("it computes with " + left.size() + " and " + right.size() + " numbers",
                    "");
        }
        List<Long> results = new ArrayList<>();
        try {
            for (int i = 0; i < (isLeftSingle ? right : left).size(); i++) {
                results.add(operator.applyAsLong(left.get(isLeftSingle ? 0 : i), right.get(right.size() == 1 ? 0 : i)));
            }
        } catch (ArithmeticException _) {
            throw new CannotImportException("its result is out of range", "");
        }
        return new Integers(shape(step.input(isLeftSingle ? 1 : 0)), results);
    }
}
