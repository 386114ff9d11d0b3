package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import java.util.Map;

/**
 * A batch norm of weights, as networks with standardised weights spell it out: computed once, when a model is imported.
 *
 * @see <a href="https://arxiv.org/abs/1903.10520">Qiao et al., Micro-Batch Training with Batch-Channel Normalization and Weight
 *      Standardization, section 3</a>
 */
final class StandardisedWeights {

    static final Map<String, Translation> ALL = Map.of("BatchNormalization", StandardisedWeights::batchNorm);

    private StandardisedWeights() {}

    /**
     * {@code scale * (x - mean) / sqrt(variance + epsilon) + bias}; in training mode, mean and variance are those of
     * {@code x}.
     */
    private static OnnxResult batchNorm(OnnxStep step) throws CannotImportException, InvalidInputException {
        ConstantNumbers x = ConstantNumbers.of(step, 0);
        if (x.shape().size() < 2 || x.areWhole() || x.count() == 0) {
            throw new CannotImportException("it normalises constants of the shape " + x.shape(), "");
        }
        int channels = x.shape().get(1);
        int run = x.shape().subList(2, x.shape().size()).stream().reduce(1, Math::multiplyExact);
        double[][] parameters = new double[5][];
        for (int index = 1; index < parameters.length; index++) {
            parameters[index] = ConstantNumbers.of(step, index).decimals();
            if (parameters[index] == null || parameters[index].length != channels) {
                throw new CannotImportException("it has not one number for each of " + channels + " channels", "");
            }
        }
        if (LinearOperators.isInTraining(step)) {
            parameters[3] = new double[channels];
            parameters[4] = new double[channels];
            measure(x, run, parameters[3], parameters[4]);
        }
        double epsilon = step.number("epsilon", 1e-5f);
        double[] results = new double[x.count()];
        for (int i = 0; i < results.length; i++) {
            int c = i / run % channels;
            results[i] = (float) (parameters[1][c] * (x.number(i) - parameters[3][c])
                    / Math.sqrt(parameters[4][c] + epsilon) + parameters[2][c]);
        }
        return new ConstantNumbers(x.shape(), null, results).result(step);
    }

    /** Mean and variance of each channel. */
    private static void measure(ConstantNumbers x, int run, double[] mean, double[] variance) {
        double count = (double) x.count() / mean.length;
        for (int i = 0; i < x.count(); i++) {
            mean[i / run % mean.length] += x.number(i) / count;
        }
        for (int i = 0; i < x.count(); i++) {
            double distance = x.number(i) - mean[i / run % mean.length];
            variance[i / run % mean.length] += distance * distance / count;
        }
    }
}
