package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.BatchNorm;
import java.util.Arrays;

/** The operators that keep the shape. */
final class Elements {

    /** A function of an element that depends on its channel. */
    @FunctionalInterface
    private interface ChannelFunction {
        double apply(int channel, double element);
    }

    private Elements() {}

    static Value activate(Activation activation, Value x) {
        return x.map(element -> ActivationFunctions.apply(activation, element));
    }

    static Value affine(Affine op, Value x) {
        double[] scale = Value.widen(op.scale());
        double[] shift = Value.widen(op.shift());
        return mapChannels(x, (c, element) -> element * scale[c] + shift[c]);
    }

    static Value batchNorm(BatchNorm op, Value x) {
        double[] gamma = op.gamma().map(Value::widen).orElseGet(() -> ones(x.channels()));
        double[] beta = op.beta().map(Value::widen).orElseGet(() -> new double[x.channels()]);
        double[] mean = Value.widen(op.mean());
        double[] variance = Value.widen(op.variance());
        return mapChannels(x,
                (c, element) -> gamma[c] * (element - mean[c]) / Math.sqrt(variance[c] + op.epsilon()) + beta[c]);
    }

    /** One value added to each channel. */
    static Value shift(Value x, Tensor summands) {
        double[] shift = Value.widen(summands);
        return mapChannels(x, (c, element) -> element + shift[c]);
    }

    private static Value mapChannels(Value x, ChannelFunction function) {
        Value y = Value.zeros(x.type());
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

    static Value softmax(Value x) {
        Value y = Value.zeros(x.type());
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
                y.set(pixel, c, Math.exp(x.at(pixel, c) - maximum) / sum);
            }
        }
        return y;
    }
}
