package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An image put together from its phases, each of which has every so many pixels of it, float32. They are the channels
 * of one input, {@code [h, w, rows * columns * c] -> [h * rows - top - bottom, w * columns - left - right, c]}, row by
 * row; or an input each, which at the end may have a row or column less than the first. Made by passes.
 *
 * @param rows from a pixel of a phase to the next
 * @param columns from a pixel of a phase to the next
 * @param margins what is cut off; none where there are several inputs
 * @see <a href="https://arxiv.org/abs/1609.05158">Shi et al., sub-pixel convolution</a>
 */
public record JoinPhases(int rows, int columns, Padding margins) implements StandaloneOp, CommutesWithChannelScaling {

    @Override
    public String keyword() {
        return "join_phases";
    }

    @Override
    public String details() {
        return Details.listed(rows + "x" + columns,
                Details.when(!margins.equals(Padding.NONE), "without " + margins.details()));
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType first = inputs.getFirst();
        if (inputs.size() > 1) {
            ShapeRules.requireCount(inputs, rows * columns);
            return TensorType.image(
                    IntStream.range(0, rows).map(row -> inputs.get(row * columns).height()).reduce(0, Math::addExact),
                    IntStream.range(0, columns).map(column -> inputs.get(column).width()).reduce(0, Math::addExact),
                    first.channels());
        }
        long height = (long) first.height() * rows - margins.top() - margins.bottom();
        long width = (long) first.width() * columns - margins.left() - margins.right();
        return TensorType.image(ShapeRules.size(height), ShapeRules.size(width), first.channels() / (rows * columns));
    }

    /** Every phase has all channels. */
    @Override
    public List<Share> shares(List<TensorType> inputs) {
        return inputs.stream().map(input -> new Share(0, input.channels(), true)).toList();
    }
}
