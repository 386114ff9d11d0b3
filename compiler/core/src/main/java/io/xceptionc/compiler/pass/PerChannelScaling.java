package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.ChannelScale;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.Scale;
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

    /** What a batch norm, a scale or an affine step does. */
    static Optional<PerChannelScaling> of(Node node) {
        return switch (node.op()) {
            case BatchNorm norm -> Optional.of(new OfBatchNorm(norm));
            case Affine affine -> Optional.of(new OfAffine(affine));
            case Scale scale -> Optional.of(new OfNumbers(node.name(), scale, node.type().channels()));
            case ChannelScale(GammaBeta weights) ->
                    Optional.of(new OfWeights(node.name(), weights, node.type().channels()));
            default -> Optional.empty();
        };
    }

    private static double[] filled(int count, double number) {
        double[] numbers = new double[count];
        Arrays.fill(numbers, number);
        return numbers;
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

    /** Constants of the spec, of so many channels. */
    record OfNumbers(String name, Scale scale, int channels) implements PerChannelScaling {

        @Override
        public double[] factors() {
            return scale.factors(channels).stream().mapToDouble(factor -> factor).toArray();
        }

        @Override
        public double[] summands() {
            return scale.offsets(channels).stream().mapToDouble(offset -> offset).toArray();
        }

        @Override
        public boolean shifts() {
            return scale.offsets().stream().anyMatch(offset -> offset != 0);
        }
    }

    /** Trained factors and summands, of so many channels. */
    record OfWeights(String name, GammaBeta weights, int channels) implements PerChannelScaling {

        @Override
        public double[] factors() {
            return weights.gamma().map(PerChannelScaling::toDouble).orElseGet(() -> filled(channels, 1));
        }

        @Override
        public double[] summands() {
            return weights.beta().map(PerChannelScaling::toDouble).orElseGet(() -> filled(channels, 0));
        }

        @Override
        public boolean shifts() {
            return weights.beta().isPresent();
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
