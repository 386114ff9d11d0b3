package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Operators that compute with constants only, once, when a model is imported. */
final class ConstantArithmetic {

    static final Map<String, Translation> ALL = new HashMap<>();

    static {
        binary("Add", Double::sum, Math::addExact);
        binary("Sub", (a, b) -> a - b, Math::subtractExact);
        binary("Mul", (a, b) -> a * b, Math::multiplyExact);
        binary("Div", (a, b) -> a / b, ConstantArithmetic::quotient);
        binary("Pow", Math::pow, (a, b) -> (long) Math.pow((double) a, (double) b));
        binary("Max", Math::max, Math::max);
        binary("Min", Math::min, Math::min);
        binary("Sum", Double::sum, Math::addExact);
        binary("And", null, (a, b) -> a & b);
        binary("Or", null, (a, b) -> a | b);
        binary("Xor", null, (a, b) -> a ^ b);
        comparison("Equal", (a, b) -> a == b ? 1 : 0);
        comparison("Less", (a, b) -> a < b ? 1 : 0);
        comparison("Greater", (a, b) -> a > b ? 1 : 0);
        comparison("LessOrEqual", (a, b) -> a <= b ? 1 : 0);
        comparison("GreaterOrEqual", (a, b) -> a >= b ? 1 : 0);
        unary("Neg", a -> -a);
        unary("Abs", Math::abs);
        unary("Floor", Math::floor);
        unary("Ceil", Math::ceil);
        unary("Round", Math::rint);
        unary("Sqrt", Math::sqrt);
        unary("Exp", Math::exp);
        unary("Log", Math::log);
        unary("Reciprocal", a -> 1 / a);
        unary("Sign", Math::signum);
        unary("Relu", a -> Math.max(a, 0));
        unary("Not", a -> a == 0 ? 1 : 0);
        unary("Sigmoid", a -> 1 / (1 + Math.exp(-a)));
        unary("Tanh", Math::tanh);
        reduction("ReduceProd", 1, (a, b) -> a * b);
        reduction("ReduceSum", 0, Double::sum);
        reduction("ReduceMax", Double.NEGATIVE_INFINITY, Math::max);
        reduction("ReduceMin", Double.POSITIVE_INFINITY, Math::min);
        reduction("ReduceSumSquare", 0, (a, b) -> a + b * b);
        reduction("ReduceL2", 0, (a, b) -> a + b * b, (sum, _) -> Math.sqrt(sum));
        reduction("ReduceMean", 0, Double::sum, (sum, count) -> sum / count);
        Translation floored = combination(ConstantArithmetic::remainder, ConstantArithmetic::remainder);
        Translation truncated = combination((a, b) -> a % b, (a, b) -> a % b);
        ALL.put("Mod", step -> (step.integer("fmod", 0) == 0 ? floored : truncated).of(step));
        ALL.put("Clip", ConstantArithmetic::clip);
        ALL.put("Where", ConstantArithmetic::where);
        ALL.put("Range", ConstantArithmetic::range);
    }

    private ConstantArithmetic() {}

    private static long quotient(long dividend, long divisor) {
        if (divisor == 0) {
            throw new ArithmeticException();
        }
        return dividend / divisor;
    }

    /** With the sign of the divisor, as in Python. */
    private static long remainder(long dividend, long divisor) {
        return Math.floorMod(dividend, divisor);
    }

    private static double remainder(double dividend, double divisor) {
        return dividend - Math.floor(dividend / divisor) * divisor;
    }

    private static void binary(String operator, DoubleBinaryOperator decimals, LongBinaryOperator wholes) {
        ALL.put(operator, combination(decimals, wholes));
    }

    private static Translation combination(DoubleBinaryOperator decimals, LongBinaryOperator wholes) {
        return step -> {
            ConstantNumbers result = ConstantNumbers.of(step, 0);
            for (int index = 1; index < step.inputs().size(); index++) {
                result = combined(step, result, ConstantNumbers.of(step, index), decimals, wholes);
            }
            return result.result(step);
        };
    }

    private static ConstantNumbers combined(OnnxStep step, ConstantNumbers left, ConstantNumbers right,
            DoubleBinaryOperator decimals, LongBinaryOperator wholes) throws CannotImportException {
        List<Integer> shape = Broadcast.shape(left.shape(), right.shape());
        ConstantNumbers a = left.broadcast(step, shape);
        ConstantNumbers b = right.broadcast(step, shape);
        boolean areWhole = a.areWhole() && b.areWhole() && wholes != null;
        if (!areWhole && decimals == null) {
            throw new CannotImportException("it computes with numbers that are not whole", "");
        }
        long[] nextWholes = areWhole ? new long[a.count()] : null;
        double[] nextDecimals = areWhole ? null : new double[a.count()];
        try {
            for (int i = 0; i < a.count(); i++) {
                if (areWhole) {
                    nextWholes[i] = wholes.applyAsLong(a.wholes()[i], b.wholes()[i]);
                } else {
                    nextDecimals[i] = (float) decimals.applyAsDouble(a.number(i), b.number(i));
                }
            }
        } catch (ArithmeticException _) {
            throw new CannotImportException("its result is out of range", "");
        }
        return new ConstantNumbers(shape, nextWholes, nextDecimals);
    }

    private static void comparison(String operator, DoubleBinaryOperator compare) {
        ALL.put(operator, step -> {
            ConstantNumbers numbers = combined(step, ConstantNumbers.of(step, 0), ConstantNumbers.of(step, 1), compare,
                    null);
            return whole(numbers).result(step);
        });
    }

    private static ConstantNumbers whole(ConstantNumbers numbers) {
        long[] wholes = new long[numbers.count()];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = (long) numbers.number(i);
        }
        return new ConstantNumbers(numbers.shape(), wholes, null);
    }

    private static void unary(String operator, DoubleUnaryOperator function) {
        ALL.put(operator, step -> {
            ConstantNumbers numbers = ConstantNumbers.of(step, 0);
            double[] results = new double[numbers.count()];
            for (int i = 0; i < results.length; i++) {
                results[i] = (float) function.applyAsDouble(numbers.number(i));
            }
            ConstantNumbers computed = new ConstantNumbers(numbers.shape(), null, results);
            return (numbers.areWhole() ? whole(computed) : computed).result(step);
        });
    }

    private static void reduction(String operator, double first, DoubleBinaryOperator combine) {
        reduction(operator, first, combine, (result, _) -> result);
    }

    /** With what makes the result of all numbers, and of how many they were. */
    private static void reduction(String operator, double first, DoubleBinaryOperator combine,
            DoubleBinaryOperator finish) {
        ALL.put(operator, step -> {
            ConstantNumbers numbers = ConstantNumbers.of(step, 0);
            NavigableSet<Integer> axes = PoolOperators.axes(step, numbers.shape().size());
            List<Integer> kept = new ArrayList<>(numbers.shape());
            axes.forEach(axis -> kept.set(axis, 1));
            int[] places = Broadcast.places(kept, numbers.shape());
            double[] results = new double[kept.stream().reduce(1, Math::multiplyExact)];
            Arrays.fill(results, first);
            for (int i = 0; i < places.length; i++) {
                results[places[i]] = combine.applyAsDouble(results[places[i]], numbers.number(i));
            }
            double count = (double) places.length / results.length;
            Arrays.setAll(results, i -> finish.applyAsDouble(results[i], count));
            List<Integer> shape = new ArrayList<>(kept);
            if (step.integer("keepdims", 1) == 0) {
                axes.descendingSet().forEach(axis -> shape.subList(axis, axis + 1).clear());
            }
            ConstantNumbers reduced = new ConstantNumbers(shape, null, results);
            return (numbers.areWhole() ? whole(reduced) : reduced).result(step);
        });
    }

    /** Its bounds are inputs from opset 11 on, before that attributes. */
    private static OnnxResult clip(OnnxStep step) throws CannotImportException, InvalidInputException {
        ConstantNumbers numbers = ConstantNumbers.of(step, 0);
        if (step.opset() < 11) {
            float least = step.bound("min", Float.NEGATIVE_INFINITY);
            float most = step.bound("max", Float.POSITIVE_INFINITY);
            double[] clipped = new double[numbers.count()];
            Arrays.setAll(clipped, i -> Math.min(Math.max(numbers.number(i), least), most));
            return new ConstantNumbers(numbers.shape(), null, clipped).result(step);
        }
        ConstantNumbers result = numbers;
        if (step.has(1)) {
            result = combined(step, result, ConstantNumbers.of(step, 1), Math::max, Math::max);
        }
        if (step.has(2)) {
            result = combined(step, result, ConstantNumbers.of(step, 2), Math::min, Math::min);
        }
        return result.result(step);
    }

    private static OnnxResult where(OnnxStep step) throws CannotImportException, InvalidInputException {
        ConstantNumbers condition = ConstantNumbers.of(step, 0);
        ConstantNumbers yes = ConstantNumbers.of(step, 1);
        ConstantNumbers no = ConstantNumbers.of(step, 2);
        List<Integer> shape = Broadcast.shape(condition.shape(), Broadcast.shape(yes.shape(), no.shape()));
        ConstantNumbers chosen = condition.broadcast(step, shape);
        ConstantNumbers a = yes.broadcast(step, shape);
        ConstantNumbers b = no.broadcast(step, shape);
        boolean areWhole = a.areWhole() && b.areWhole();
        long[] wholes = areWhole ? new long[a.count()] : null;
        double[] decimals = areWhole ? null : new double[a.count()];
        for (int i = 0; i < a.count(); i++) {
            ConstantNumbers from = chosen.number(i) != 0 ? a : b;
            if (areWhole) {
                wholes[i] = from.wholes()[i];
            } else {
                decimals[i] = from.number(i);
            }
        }
        return new ConstantNumbers(shape, wholes, decimals).result(step);
    }

    private static OnnxResult range(OnnxStep step) throws CannotImportException, InvalidInputException {
        double start = single(step, 0);
        double delta = single(step, 2);
        double exact = Math.ceil((single(step, 1) - start) / delta);
        long count = Double.isFinite(exact) ? (long) Math.max(exact, 0) : Long.MAX_VALUE;
        ConstantNumbers.take(step, count);
        double[] numbers = new double[(int) count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = start + i * delta;
        }
        ConstantNumbers range = new ConstantNumbers(List.of(numbers.length), null, numbers);
        return (step.input(0) instanceof Floats ? range : whole(range)).result(step);
    }

    private static double single(OnnxStep step, int index) throws CannotImportException, InvalidInputException {
        ConstantNumbers numbers = ConstantNumbers.of(step, index);
        if (numbers.count() != 1) {
            throw new CannotImportException("its input " + index + " has the shape " + numbers.shape(), "");
        }
        return numbers.number(0);
    }
}
