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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Operators of constants, which are computed once, when a model is imported. */
final class OnnxConstants {

    static final Map<String, Translation> ALL = new HashMap<>(ConstantShapes.ALL);

    static {
        ALL.put("Constant", OnnxConstants::constant);
        ALL.put("Identity", step -> step.input(0));
        ALL.put("Cast", OnnxConstants::cast);
        ALL.put("ConstantOfShape", OnnxConstants::filled);
        ALL.put("CastLike", OnnxConstants::castLike);
        ALL.putAll(ConstantArithmetic.ALL);
        ALL.putAll(QuantisedWeights.ALL);
        ALL.putAll(StandardisedWeights.ALL);
    }

    /** Whole numbers that a float holds, and of which weights may consist. */
    private static final Set<DataType> SMALL =
            Set.of(DataType.INT8, DataType.UINT8, DataType.INT16, DataType.UINT16);

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
        if (SMALL.contains(tensor.type())) {
            return new Floats(name, shape, () -> floats(file.integers(tensor)));
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
                case OnnxAttribute.Text _, OnnxAttribute.Subgraph _, OnnxAttribute.OfCaller _, OnnxAttribute.Other _ ->
                        throw new CannotImportException("its value is no number and no tensor", "");
            };
        }
        throw new CannotImportException("it has no value", "");
    }

    private static float[] floats(long[] values) {
        float[] array = new float[values.length];
        for (int i = 0; i < array.length; i++) {
            array[i] = values[i];
        }
        return array;
    }

    private static float[] floats(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    /** Floating point numbers stay as they are read; made whole, they lose what is behind the point. */
    private static OnnxResult cast(OnnxStep step) throws CannotImportException, InvalidInputException {
        return switch (Math.clamp(step.integer("to", 0), 0, Byte.MAX_VALUE)) {
            case 1, 10, 11, 16 -> cast(step, false);
            case 6, 7 -> cast(step, true);
            case 9 -> {
                ConstantNumbers numbers = ConstantNumbers.of(step, 0);
                long[] truths = IntStream.range(0, numbers.count()).mapToLong(i -> numbers.number(i) == 0 ? 0 : 1)
                        .toArray();
                yield new ConstantNumbers(numbers.shape(), truths, null).result(step);
            }
            default -> throw new CannotImportException("it makes a constant of a type that nothing here computes with",
                    "");
        };
    }

    private static OnnxResult castLike(OnnxStep step) throws CannotImportException, InvalidInputException {
        return cast(step, step.input(1) instanceof Integers);
    }

    private static OnnxResult cast(OnnxStep step, boolean toWhole) throws CannotImportException, InvalidInputException {
        if (step.input(0) instanceof Integers == toWhole) {
            return step.input(0);
        }
        ConstantNumbers numbers = ConstantNumbers.of(step, 0);
        return (toWhole
                ? new ConstantNumbers(numbers.shape(),
                        Arrays.stream(numbers.decimals()).mapToLong(number -> (long) number).toArray(), null)
                : new ConstantNumbers(numbers.shape(), null,
                        Arrays.stream(numbers.wholes()).asDoubleStream().toArray()))
                .result(step);
    }

    private static OnnxResult filled(OnnxStep step) throws CannotImportException, InvalidInputException {
        List<Integer> shape = new ArrayList<>();
        long count = 1;
        for (long size : step.wholes(0, "sizes")) {
            if (size < 0 || size > Integer.MAX_VALUE || (size > 0 && count > Integer.MAX_VALUE / size)) {
                throw new CannotImportException("it makes a constant of the shape " + step.wholes(0, "sizes"), "");
            }
            count *= size;
            shape.add((int) size);
        }
        OnnxResult value = step.node().attributes().get("value") instanceof OnnxAttribute.Constant(OnnxTensor tensor)
                ? of(tensor, step.node().outputs().getFirst(), step.context().file())
                : new Floats("", List.of(), () -> new float[1]);
        ConstantNumbers single = ConstantNumbers.of(step.reading(value), 0);
        if (single.count() != 1) {
            throw new CannotImportException("it repeats " + single.count() + " numbers, not one", "");
        }
        if (single.areWhole()) {
            requireFew(count);
        }
        return new ConstantNumbers(List.of(), single.wholes(), single.decimals()).broadcast(step, shape).result(step);
    }
}
