package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.OptionalInt;

/**
 * Neighbouring channels of the whole image, by their mean and variance together,
 * {@code y[c] = (x[c] - mean) / sqrt(variance + epsilon) * gamma[c] + beta[c]}, any shape, float32.
 *
 * @param groups how many groups the channels form; empty if each is one by itself
 * @param weights what is done to each channel in the end
 * @param epsilon what keeps the root from zero
 * @see <a href="https://arxiv.org/abs/1803.08494">Wu and He, Group Normalization</a>
 * @see <a href="https://arxiv.org/abs/1607.08022">Ulyanov et al., Instance Normalization</a>
 */
public record GroupNorm(OptionalInt groups, GammaBeta weights, double epsilon) implements StandaloneOp {

    /** The most channels that groups may lie in which do not end where a block of 32 channels does. */
    public static final int MOST_CHANNELS_TOGETHER = 2048;

    private static final int BLOCK = 32;

    @Override
    public String keyword() {
        return groups.isPresent() ? "group_norm" : "instance_norm";
    }

    @Override
    public String details() {
        return Details.listed(groups.isPresent() ? groups.getAsInt() + " groups" : "", "epsilon " + epsilon,
                weights.details());
    }

    /** How many groups so many channels form. */
    public int groupsOf(int channels) {
        return groups.orElse(channels);
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        weights.requireFit(input);
        int channels = input.channels();
        if (channels % groupsOf(channels) != 0) {
            throw new ShapeException(DiagnosticCode.E204,
                    "has " + groupsOf(channels) + " groups, its input " + channels + " channels",
                    "use a number of groups that divides the channels", "groups");
        }
        if (channelsTogether(channels, channels / groupsOf(channels)) > MOST_CHANNELS_TOGETHER) {
            throw new ShapeException(DiagnosticCode.E205,
                    "has groups of " + channels / groupsOf(channels) + " channels, too large to be summed up at once",
                    "use more groups", "groups");
        }
        return input;
    }

    /** Channels up to which both a group and a block end. */
    private static int channelsTogether(int channels, int ofGroup) {
        long common = BLOCK;
        while (common % ofGroup != 0 && common < channels) {
            common += BLOCK;
        }
        return Math.toIntExact(common);
    }

    @Override
    public List<Tensor> tensors() {
        return weights.tensors();
    }

    @Override
    public GroupNorm withTensors(List<Tensor> tensors) {
        return new GroupNorm(groups, weights.withTensors(tensors), epsilon);
    }
}
