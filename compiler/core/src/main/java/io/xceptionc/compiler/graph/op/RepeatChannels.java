package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * Each channel several times in a row, {@code [h, w, c] -> [h, w, c * count]}, {@code y[c * count + m] = x[c]},
 * float32: what makes of a depthwise multiplier an ordinary depthwise convolution.
 *
 * @param count how often
 */
public record RepeatChannels(int count) implements StandaloneOp, Removable {

    @Override
    public String keyword() {
        return "repeat_channels";
    }

    @Override
    public String details() {
        return Integer.toString(count);
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        return input.withChannels(ShapeRules.size((long) input.channels() * count));
    }

    @Override
    public boolean isIdentity(List<TensorType> inputs) {
        return count == 1;
    }
}
