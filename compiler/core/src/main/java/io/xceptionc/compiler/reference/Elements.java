package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Prelu;
import io.xceptionc.compiler.graph.op.Scale;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** The operators that keep the shape. */
final class Elements {

    /** A function of an element that depends on its channel. */
    @FunctionalInterface
    private interface ChannelFunction {
        double apply(int channel, double element);
    }

    private Elements() {}

    static ExactValue activate(Activation activation, ExactValue x) {
        return x.map(element -> ActivationFunctions.apply(activation, element));
    }

    /** All values of the result's shape, one after another. */
    static ExactValue merge(Op op, List<ExactValue> inputs, DoubleBinaryOperator function) {
        TensorType type = op.outputType(inputs.stream().map(ExactValue::type).toList());
        return inputs.stream().map(input -> input.repeatedTo(type)).reduce((a, b) -> a.combine(b, function))
                .orElseThrow();
    }

    static ExactValue affine(Affine op, ExactValue x) {
        double[] scale = ExactValue.widen(op.scale());
        double[] shift = ExactValue.widen(op.shift());
        return mapChannels(x, (c, element) -> element * scale[c] + shift[c]);
    }

    static ExactValue scale(Scale op, ExactValue x) {
        List<Float> factors = op.factors(x.channels());
        List<Float> offsets = op.offsets(x.channels());
        return mapChannels(x, (c, element) -> element * factors.get(c) + offsets.get(c));
    }

    /** The factor and summand of each channel. */
    static ExactValue channelScale(GammaBeta weights, ExactValue x) {
        double[] gamma = weights.gamma().map(ExactValue::widen).orElseGet(() -> ones(x.channels()));
        double[] beta = weights.beta().map(ExactValue::widen).orElseGet(() -> new double[x.channels()]);
        return mapChannels(x, (c, element) -> element * gamma[c] + beta[c]);
    }

    static ExactValue prelu(Prelu op, ExactValue x) {
        double[] slopes = ExactValue.widen(op.slopes(x.channels()));
        return mapChannels(x, (c, element) -> element < 0 ? slopes[c] * element : element);
    }

    static ExactValue batchNorm(BatchNorm op, ExactValue x) {
        double[] gamma = op.gamma().map(ExactValue::widen).orElseGet(() -> ones(x.channels()));
        double[] beta = op.beta().map(ExactValue::widen).orElseGet(() -> new double[x.channels()]);
        double[] mean = ExactValue.widen(op.mean());
        double[] variance = ExactValue.widen(op.variance());
        return mapChannels(x,
                (c, element) -> gamma[c] * (element - mean[c]) / Math.sqrt(variance[c] + op.epsilon()) + beta[c]);
    }

    /** One value added to each channel. */
    static ExactValue shift(ExactValue x, Tensor summands) {
        double[] shift = ExactValue.widen(summands);
        return mapChannels(x, (c, element) -> element + shift[c]);
    }

    private static ExactValue mapChannels(ExactValue x, ChannelFunction function) {
        ExactValue y = ExactValue.zeros(x.type());
        for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
            for (int c = 0; c < x.channels(); c++) {
                y.set(pixel, c, function.apply(c, x.at(pixel, c)));
            }
        }
        return y;
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    static ExactValue softmax(ExactValue x) {
        return logSoftmax(x).map(Math::exp);
    }

    static ExactValue logSoftmax(ExactValue x) {
        ExactValue y = ExactValue.zeros(x.type());
        for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
            double maximum = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < x.channels(); c++) {
                maximum = Math.max(maximum, x.at(pixel, c));
            }
            double sum = 0;
            for (int c = 0; c < x.channels(); c++) {
                sum += Math.exp(x.at(pixel, c) - maximum);
            }
            for (int c = 0; c < x.channels(); c++) {
                y.set(pixel, c, x.at(pixel, c) - maximum - Math.log(sum));
            }
        }
        return y;
    }
}
