package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.Collections;
import java.util.List;

/**
 * Constants that were never trained, {@code y[c] = x[c] * factor[c] + offset[c]}, any shape, float32.
 *
 * @param factors one for all channels, or one for each
 * @param offsets one for all channels, or one for each
 */
public record Scale(List<Float> factors, List<Float> offsets) implements TransientOp, Removable {

    public Scale {
        factors = List.copyOf(factors);
        offsets = List.copyOf(offsets);
    }

    /** One of a number for all channels. */
    public static Scale of(float factor, float offset) {
        return new Scale(List.of(factor), List.of(offset));
    }

    @Override
    public String keyword() {
        return "scale";
    }

    @Override
    public String details() {
        return Details.listed(Details.when(!areAll(factors, 1), "factor " + text(factors)),
                Details.when(!areAll(offsets, 0), "offset " + text(offsets)));
    }

    private static String text(List<Float> numbers) {
        return numbers.size() == 1 ? numbers.getFirst().toString() : numbers.toString();
    }

    private static boolean areAll(List<Float> numbers, float number) {
        return numbers.stream().allMatch(each -> each == number);
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        for (List<Float> numbers : List.of(factors, offsets)) {
            if (numbers.size() != 1) {
                ShapeRules.requireChannels(input, numbers.size());
            }
        }
        return input;
    }

    /** The factor of each of so many channels. */
    public List<Float> factors(int channels) {
        return factors.size() == 1 ? Collections.nCopies(channels, factors.getFirst()) : factors;
    }

    /** The offset of each of so many channels. */
    public List<Float> offsets(int channels) {
        return offsets.size() == 1 ? Collections.nCopies(channels, offsets.getFirst()) : offsets;
    }

    @Override
    public boolean isIdentity(List<TensorType> inputs) {
        return areAll(factors, 1) && areAll(offsets, 0);
    }
}
