package io.xceptionc.compiler.foreign;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.ChannelScale;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Factors and summands of channels, {@code y[c] = scale[c] * x[c] + shift[c]}: as constants of the spec where there are
 * few of them, and else as weights.
 */
public final class ChannelScales {

    /** As many as an image has colours. */
    private static final int FEW = 4;

    private ChannelScales() {}

    /** The operator that scales so. */
    public static Op of(Optional<Tensor> scale, Optional<Tensor> shift) {
        List<Float> factors = numbers(scale, 1);
        List<Float> offsets = numbers(shift, 0);
        return factors.size() <= FEW && offsets.size() <= FEW
                ? new Scale(factors, offsets)
                : new ChannelScale(new GammaBeta(scale, shift));
    }

    /** One, if all are equal. */
    private static List<Float> numbers(Optional<Tensor> tensor, float otherwise) {
        if (tensor.isEmpty()) {
            return List.of(otherwise);
        }
        List<Float> numbers = new ArrayList<>();
        for (float number : tensor.get().values()) {
            numbers.add(number);
        }
        return numbers.stream().distinct().count() == 1 ? List.of(numbers.getFirst()) : numbers;
    }
}
