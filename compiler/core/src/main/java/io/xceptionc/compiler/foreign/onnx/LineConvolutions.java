package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Convolutions along the channels of a vector, as efficient channel attention has them: dense layers with a band of
 * weights.
 */
final class LineConvolutions {

    /** Along the channels, which the model has as the places of a line of one channel. */
    private static final String LINE = "N1C";
    private static final int LARGEST = 1 << 15;

    private LineConvolutions() {}

    /** {@code [n, 1, c], [1, 1, k], [1] -> [n, 1, c']}. */
    static OnnxResult conv(OnnxStep step, Floats weights) throws CannotImportException, InvalidInputException {
        Activations input = step.activations(0);
        if (!input.layout().axes().equals(LINE) || !input.type().flat() || step.integer("group", 1) != 1
                || !weights.shape().subList(0, 2).equals(List.of(1, 1))) {
            throw new CannotImportException("it convolves " + step.sizes(input) + " with weights " + weights.shape(),
                    "of convolutions along one axis, only that of the channels of a vector, [n, 1, channels], is known");
        }
        Band band = Band.of(step, input.type().channels(), weights.shape().getLast());
        Tensor kernel = step.context().tensors().tensor(weights, TensorRole.DENSE_KERNEL, band.toString(),
                List.of(band.inputs(), band.outputs()), band::matrix);
        return step.add(new Dense(kernel, bias(step, band.outputs()), Fusion.NONE), input);
    }

    private static Optional<Tensor> bias(OnnxStep step, int count) throws CannotImportException, InvalidInputException {
        if (!step.has(2)) {
            return Optional.empty();
        }
        Floats values = step.floats(2, "biases");
        if (values.count() != 1) {
            throw new CannotImportException("it has " + values.count() + " biases for 1 result", "");
        }
        return Optional.of(step.context().tensors().tensor(values, TensorRole.BIAS, "line of " + count, List.of(count),
                numbers -> {
                    float[] repeated = new float[count];
                    Arrays.fill(repeated, numbers[0]);
                    return repeated;
                }));
    }

    /** Where the weights stand in a matrix. */
    private record Band(int inputs, int outputs, int stride, int dilation, int before) {

        static Band of(OnnxStep step, int inputs, int taps) throws CannotImportException {
            numbers(step, "kernel_shape", List.of((long) taps), taps, taps);
            int stride = numbers(step, "strides", List.of(1L), 1, LARGEST).getFirst();
            int dilation = numbers(step, "dilations", List.of(1L), 1, LARGEST).getFirst();
            List<Integer> pads = numbers(step, "pads", List.of(0L, 0L), 0, LARGEST);
            String rule = step.text("auto_pad", "NOTSET");
            if (!rule.equals("NOTSET") && !rule.isEmpty() && !rule.equals("VALID")) {
                throw new CannotImportException("its auto_pad is " + rule,
                        "along channels, only explicit pads are known");
            }
            int before = rule.equals("VALID") ? 0 : pads.getFirst();
            long spare = (long) inputs + before + (rule.equals("VALID") ? 0 : pads.getLast())
                    - (taps - 1L) * dilation - 1;
            if (taps < 1 || spare < 0) {
                throw new CannotImportException("its " + taps + " weights reach beyond " + inputs + " channels", "");
            }
            return new Band(inputs, Math.toIntExact(spare / stride + 1), stride, dilation, before);
        }

        private static List<Integer> numbers(OnnxStep step, String attribute, List<Long> otherwise, int least, int most)
                throws CannotImportException {
            List<Long> values = step.integers(attribute).orElse(otherwise);
            if (values.size() != otherwise.size() || values.stream().anyMatch(value -> value < least || value > most)) {
                throw new CannotImportException("its " + attribute + " are " + values + ", not " + otherwise.size()
                        + " of " + least + " to " + most, "");
            }
            return values.stream().map(Long::intValue).toList();
        }

        /** {@code [inputs, outputs]}, zero beside the band. */
        float[] matrix(float[] taps) {
            float[] matrix = new float[inputs * outputs];
            for (int output = 0; output < outputs; output++) {
                for (int tap = 0; tap < taps.length; tap++) {
                    long input = (long) output * stride + (long) tap * dilation - before;
                    if (input >= 0 && input < inputs) {
                        matrix[(int) input * outputs + output] = taps[tap];
                    }
                }
            }
            return matrix;
        }
    }
}
