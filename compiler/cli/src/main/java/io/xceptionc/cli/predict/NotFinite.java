package io.xceptionc.cli.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values of an array that are NaN or infinite.
 *
 * @param first the first of them
 * @param place its index along each axis
 * @param count how many they are
 */
public record NotFinite(float first, List<Integer> place, int count) {

    public NotFinite {
        place = List.copyOf(place);
    }

    /** Those of an array of a shape, if there are any. */
    static Optional<NotFinite> in(float[] values, List<Integer> shape) {
        int first = -1;
        int count = 0;
        for (int i = values.length - 1; i >= 0; i--) {
            if (!Float.isFinite(values[i])) {
                first = i;
                count++;
            }
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(new NotFinite(values[first], place(first, shape), count));
    }

    /** The index along each axis of an element, row-major. */
    public static List<Integer> place(int index, List<Integer> shape) {
        List<Integer> place = new ArrayList<>();
        int rest = index;
        for (int side : shape.reversed()) {
            place.addFirst(rest % side);
            rest /= side;
        }
        return place;
    }

    /** What is wrong with an input that holds them. */
    String ofInput() {
        return "holds " + this + ", which no model can make sense of; replace it before it gets there";
    }

    /** What is wrong with the answer to an input without any. */
    String ofAnswer(float[] input) {
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (float value : input) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return "the model yields " + this + ", for values from " + least + " to " + greatest
                + "; see whether the network was trained on such, and whether 'xceptionc verify' agrees";
    }

    @Override
    public String toString() {
        return first + " at " + place + (count == 1 ? "" : ", the first of " + count + " values that are not finite");
    }
}
