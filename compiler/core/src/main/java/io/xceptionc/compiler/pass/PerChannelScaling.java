package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Op;
import java.util.Arrays;
import java.util.Optional;

/**
 * A factor and a summand for each channel, {@code y[c] = x[c] * factor[c] + summand[c]}, evaluated in double when
 * asked for. Equal if made in the same way of the same tensors.
 */
sealed interface PerChannelScaling {

    /** The factor of each channel. */
    double[] factors();

    /** The summand of each channel. */
    double[] summands();

    /** Whether there may be a summand that is not zero. */
    default boolean shifts() {
        return true;
    }

    /** What the tensors made of it are called after. */
    String name();

    /** What a batch norm or an affine step does. */
    static Optional<PerChannelScaling> of(Op op) {
        if (op instanceof BatchNorm norm) {
            return Optional.of(new OfBatchNorm(norm));
        }
        return op instanceof Affine affine ? Optional.of(new OfAffine(affine)) : Optional.empty();
    }

    /** A tensor's values, to compute with. */
    static double[] toDouble(Tensor tensor) {
        float[] values = tensor.values();
        double[] result = new double[values.length];
        Arrays.setAll(result, index -> values[index]);
        return result;
    }

    /** {@code factor = gamma / sqrt(variance + epsilon)}, {@code summand = beta - mean * factor}. */
    record OfBatchNorm(BatchNorm norm) implements PerChannelScaling {

        @Override
        public double[] factors() {
            float[] variance = norm.variance().values();
            double[] factors = new double[variance.length];
            for (int c = 0; c < factors.length; c++) {
                factors[c] = valueOr(norm.gamma(), c, 1) / Math.sqrt(variance[c] + norm.epsilon());
            }
            return factors;
        }

        @Override
        public double[] summands() {
            float[] mean = norm.mean().values();
            double[] summands = factors();
            for (int c = 0; c < summands.length; c++) {
                summands[c] = valueOr(norm.beta(), c, 0) - mean[c] * summands[c];
            }
            return summands;
        }

        private static double valueOr(Optional<Tensor> tensor, int index, double absent) {
            return tensor.isPresent() ? tensor.get().values()[index] : absent;
        }

        @Override
        public String name() {
            return norm.mean().name();
        }
    }

    /** The factors and summands of an affine step. */
    record OfAffine(Affine affine) implements PerChannelScaling {

        @Override
        public double[] factors() {
            return toDouble(affine.scale());
        }

        @Override
        public double[] summands() {
            return toDouble(affine.shift());
        }

        @Override
        public String name() {
            return affine.scale().name();
        }
    }

    /** One after the other. */
    record Sequence(PerChannelScaling first, PerChannelScaling second) implements PerChannelScaling {

        @Override
        public double[] factors() {
            double[] earlier = first.factors();
            double[] factors = second.factors();
            Arrays.setAll(factors, c -> factors[c] * earlier[c]);
            return factors;
        }

        @Override
        public double[] summands() {
            double[] earlier = first.summands();
            double[] factors = second.factors();
            double[] summands = second.summands();
            Arrays.setAll(summands, c -> summands[c] + factors[c] * earlier[c]);
            return summands;
        }

        @Override
        public String name() {
            return second.name();
        }
    }

    /** That of some consecutive channels, counted round. */
    record Slice(PerChannelScaling whole, int firstChannel, int channelCount) implements PerChannelScaling {

        @Override
        public double[] factors() {
            return part(whole.factors());
        }

        @Override
        public double[] summands() {
            return part(whole.summands());
        }

        private double[] part(double[] all) {
            double[] part = new double[channelCount];
            Arrays.setAll(part, channel -> all[(firstChannel + channel) % all.length]);
            return part;
        }

        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public boolean shifts() {
            return whole.shifts();
        }
    }

    /** The factors alone. */
    record FactorsOnly(PerChannelScaling whole) implements PerChannelScaling {

        @Override
        public double[] factors() {
            return whole.factors();
        }

        @Override
        public double[] summands() {
            return new double[whole.factors().length];
        }

        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public boolean shifts() {
            return false;
        }
    }
}
