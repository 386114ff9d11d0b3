package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Integers;
import java.util.ArrayList;
import java.util.List;

/**
 * The elements of a constant, to be computed with: whole numbers, or such with a point.
 *
 * @param shape the sizes of the axes
 * @param wholes row-major; null if they have a point
 * @param decimals row-major, each a {@code float}; null if they are whole
 */
@SuppressWarnings("ArrayRecordComponent") // shared by whoever reads them, and never written to
record ConstantNumbers(List<Integer> shape, long[] wholes, double[] decimals) {

    private static final long MOST = 1L << 27;

    ConstantNumbers {
        shape = List.copyOf(shape);
    }

    /** Those of a constant that a node reads. */
    static ConstantNumbers of(OnnxStep step, int index) throws CannotImportException, InvalidInputException {
        return switch (step.input(index)) {
            case Integers(List<Integer> shape, List<Long> values) ->
                    new ConstantNumbers(shape, values.stream().mapToLong(value -> value).toArray(), null);
            case Floats floats -> {
                take(step, floats.count());
                float[] values = floats.source().read();
                double[] decimals = new double[values.length];
                for (int i = 0; i < values.length; i++) {
                    decimals[i] = values[i];
                }
                yield new ConstantNumbers(floats.shape(), null, decimals);
            }
            default -> throw new CannotImportException("its input " + index + " is no constant", "");
        };
    }

    /** The number that all elements of a constant are. */
    static float uniform(OnnxStep step, int index) throws CannotImportException, InvalidInputException {
        float[] values = step.floats(index, "constants").source().read();
        for (float value : values) {
            if (value != values[0] || Float.isNaN(value)) {
                throw new CannotImportException("it compares with " + values.length + " constants",
                        "only with one number for all elements is known, clip");
            }
        }
        if (values.length == 0 || Float.isNaN(values[0])) {
            throw new CannotImportException("it compares with no number", "");
        }
        return values[0];
    }

    /** Whether they are whole. */
    boolean areWhole() {
        return wholes != null;
    }

    /** How many there are. */
    int count() {
        return areWhole() ? wholes.length : decimals.length;
    }

    /** One of them. */
    double number(int index) {
        return areWhole() ? wholes[index] : decimals[index];
    }

    /** Other places of the same numbers. */
    ConstantNumbers at(int[] places, List<Integer> next) {
        long[] nextWholes = areWhole() ? new long[places.length] : null;
        double[] nextDecimals = areWhole() ? null : new double[places.length];
        for (int i = 0; i < places.length; i++) {
            if (areWhole()) {
                nextWholes[i] = wholes[places[i]];
            } else {
                nextDecimals[i] = decimals[places[i]];
            }
        }
        return new ConstantNumbers(next, nextWholes, nextDecimals);
    }

    /** The same numbers, repeated as broadcasting has it. */
    ConstantNumbers broadcast(OnnxStep step, List<Integer> next) throws CannotImportException {
        if (next.equals(shape)) {
            return this;
        }
        take(step, next.stream().mapToLong(size -> size).reduce(1, Math::multiplyExact));
        return at(Broadcast.places(shape, next), next);
    }

    /** Counts elements against what fits into memory. */
    static void take(OnnxStep step, long count) throws CannotImportException {
        if (count > MOST) {
            throw new CannotImportException("it computes with " + count + " constants at once", "");
        }
        step.context().tensors().budget().take(2 * count);
    }

    /** As what a node yields. */
    OnnxResult result(OnnxStep step) throws CannotImportException {
        if (areWhole()) {
            OnnxConstants.requireFew(wholes.length);
            List<Long> values = new ArrayList<>();
            for (long value : wholes) {
                values.add(value);
            }
            return new Integers(shape, values);
        }
        float[] values = new float[decimals.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) decimals[i];
        }
        return new Floats(step.node().outputs().getFirst(), shape, values::clone);
    }
}
