package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * Some neighbouring channels, {@code [h, w, c] -> [h, w, count]}, float32.
 *
 * @param first the first of them, from 0
 * @param count how many
 */
public record SliceChannels(int first, int count) implements StandaloneOp, Removable {

    @Override
    public String keyword() {
        return "slice_channels";
    }

    @Override
    public String details() {
        return count + " from " + first;
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        if ((long) first + count > input.channels()) {
            throw new ShapeException(DiagnosticCode.E204,
                    "takes the channels " + first + " to " + ((long) first + count - 1) + ", its input has "
                            + input.channels(),
                    "channels are counted from 0", "count");
        }
        return input.withChannels(count);
    }

    @Override
    public boolean isIdentity(List<TensorType> inputs) {
        return count == inputs.getFirst().channels();
    }
}
