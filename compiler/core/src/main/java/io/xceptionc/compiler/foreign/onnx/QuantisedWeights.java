package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.onnx.DataType;
import io.xceptionc.compiler.format.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weights as whole numbers with a scale, which are made floating point numbers once, when a model is imported. */
final class QuantisedWeights {

    static final Map<String, Translation> ALL = Map.of("QuantizeLinear", QuantisedWeights::quantized,
            "DequantizeLinear", QuantisedWeights::dequantized);

    private QuantisedWeights() {}

    /** {@code round(x / scale) + zero}, as near as the type comes; halves go to the even one. */
    private static OnnxResult quantized(OnnxStep step) throws CannotImportException, InvalidInputException {
        DataType type = type(step);
        long least = switch (type) {
            case INT8 -> Byte.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case UINT8, UINT16 -> 0;
            default -> throw new CannotImportException("it makes " + type + " of weights", "");
        };
        long greatest = least + (type == DataType.INT8 || type == DataType.UINT8 ? 0xFF : 0xFFFF);
        return computed(step, (number, scale, zero) -> (float) Math
                .clamp(Math.rint((float) number / (float) scale) + zero, (double) least, (double) greatest));
    }

    private static DataType type(OnnxStep step) throws CannotImportException {
        long declared = step.integer("output_dtype", 0);
        if (declared != 0) {
            return DataType.of(declared).orElse(DataType.STRING);
        }
        Optional<OnnxTensor> zero = step.has(2)
                ? step.context().wiring().constant(step.node().inputs().get(2))
                : Optional.empty();
        return step.has(2) ? zero.map(OnnxTensor::type).orElse(DataType.STRING) : DataType.UINT8;
    }

    /** {@code (x - zero) * scale}. */
    private static OnnxResult dequantized(OnnxStep step) throws CannotImportException, InvalidInputException {
        step.context().note("weights of whole numbers were made floating point numbers, as the model does");
        return computed(step, (number, scale, zero) -> (float) ((number - zero) * scale));
    }

    /** Computes one number. */
    private interface Change {
        /** Of a number, with the scale and the zero of its place. */
        float of(double number, double scale, double zero);
    }

    /** Scale and zero are each one number or one for each place of an axis. */
    private static OnnxResult computed(OnnxStep step, Change change)
            throws CannotImportException, InvalidInputException {
        if (step.integer("block_size", 0) != 0) {
            throw new CannotImportException("it has scales for blocks", "");
        }
        ConstantNumbers numbers = ConstantNumbers.of(step, 0);
        ConstantNumbers scale = ConstantNumbers.of(step, 1);
        ConstantNumbers zero = step.has(2) ? ConstantNumbers.of(step, 2) : null;
        int[] places = places(step, numbers, scale);
        double[] results = new double[numbers.count()];
        for (int i = 0; i < results.length; i++) {
            double zeroPoint = zero == null ? 0 : zero.number(zero.count() == 1 ? 0 : places[i]);
            results[i] = change.of(numbers.number(i), scale.number(places[i]), zeroPoint);
        }
        return new ConstantNumbers(numbers.shape(), null, results).result(step);
    }

    private static int[] places(OnnxStep step, ConstantNumbers numbers, ConstantNumbers scale)
            throws CannotImportException {
        if (scale.count() == 1) {
            return new int[numbers.count()];
        }
        int axis = OnnxStep.axis(step.integer("axis", 1), numbers.shape().size());
        if (scale.shape().size() != 1 || !scale.shape().getFirst().equals(numbers.shape().get(axis))) {
            throw new CannotImportException("it has " + scale.shape() + " scales for " + numbers.shape(), "");
        }
        List<Integer> along = new ArrayList<>(Collections.nCopies(numbers.shape().size(), 1));
        along.set(axis, numbers.shape().get(axis));
        return Broadcast.places(along, numbers.shape());
    }
}
