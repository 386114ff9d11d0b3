package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * The first channel of each group, then the second of each, and so on: {@code [h, w, groups, c / groups] -> [h, w, c /
 * groups, groups]}, float32.
 *
 * @param groups into how many parts the channels are split
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.ChannelShuffle.html">torch.nn.ChannelShuffle</a>
 */
public record ShuffleChannels(int groups) implements StandaloneOp, Removable {

    @Override
    public String keyword() {
        return "channel_shuffle";
    }

    @Override
    public String details() {
        return "groups " + groups;
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        ShapeRules.requireImage(input);
        if (input.channels() % groups != 0) {
            throw new ShapeException(DiagnosticCode.E204,
                    "splits " + input.channels() + " channels into " + groups + " groups",
                    "the number of channels must be a multiple of groups", "groups");
        }
        ShapeRules.requireOrderable(input.channels());
        return input;
    }

    @Override
    public boolean isIdentity(List<TensorType> inputs) {
        return groups == 1 || groups == inputs.getFirst().channels();
    }
}
