package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Absent;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Integers;
import io.xceptionc.compiler.format.onnx.DataType;
import io.xceptionc.compiler.format.onnx.OnnxAttribute;
import io.xceptionc.compiler.format.onnx.OnnxFile;
import io.xceptionc.compiler.format.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/** Operators of constants, which are computed once, when a model is imported. */
final class OnnxConstants {

    static final Map<String, Translation> ALL = new HashMap<>(ConstantShapes.ALL);

    static {
        ALL.put("Constant", OnnxConstants::constant);
        ALL.put("Identity", step -> step.input(0));
        ALL.put("Cast", OnnxConstants::cast);
        ALL.put("ConstantOfShape", OnnxConstants::filled);
        ALL.put("Add", step -> computed(step, Math::addExact));
        ALL.put("Sub", step -> computed(step, Math::subtractExact));
        ALL.put("Mul", step -> computed(step, Math::multiplyExact));
        ALL.put("Div", step -> computed(step, OnnxConstants::quotient));
    }

    private static final int MOST_INTEGERS = 1 << 16;

    private static final double CLOSE = 1e-6;

    private OnnxConstants() {}

    /** Whether a node is computed from constants only. */
    static boolean areAll(List<OnnxResult> values) {
        return values.stream().allMatch(value -> value instanceof Floats || value instanceof Integers
                || value instanceof Absent);
    }

    /** Whether a number is meant to be another one: the same but for rounding. */
    static boolean isClose(double number, double meant) {
        return Math.abs(number - meant) <= CLOSE * Math.abs(meant);
    }

    /** The value of a tensor of the file. */
    static OnnxResult of(OnnxTensor tensor, String name, OnnxFile file)
            throws CannotImportException, InvalidInputException {
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

    /** Shapes are short, and so is what they are computed from. */
    static void requireFew(long count) throws CannotImportException {
        if (count > MOST_INTEGERS) {
            throw new CannotImportException("it computes with " + count + " whole numbers at once", "");
        }
    }

    private static OnnxResult constant(OnnxStep step) throws CannotImportException, InvalidInputException {
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
    private static OnnxResult cast(OnnxStep step) throws CannotImportException {
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

    private static OnnxResult filled(OnnxStep step) throws CannotImportException, InvalidInputException {
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

    private static OnnxResult computed(OnnxStep step, LongBinaryOperator operator) throws CannotImportException {
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
        return new Integers(ConstantShapes.shape(step.input(isLeftSingle ? 1 : 0)), results);
    }
}
