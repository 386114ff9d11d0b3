package io.xceptionc.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a step must yield in a self-test: some of the elements, evenly spread.
 *
 * @param step the step's name
 * @param scale what errors are measured by: the greatest finite magnitude
 * @param stride from one of the elements to the next, row-major, beginning at the first
 * @param elements the elements
 */
public record ExpectedValue(String step, double scale, int stride, List<Float> elements) {

    public ExpectedValue {
        elements = List.copyOf(elements);
        if (!(scale > 0 && scale <= Double.MAX_VALUE) || stride < 1 || elements.isEmpty()) {
            throw new IllegalArgumentException("nothing can be compared with a scale of " + scale + ", every "
                    + stride + "th of " + elements.size() + " elements");
        }
    }

    /**
     * Keeps some elements of a value: all if they are few, else some of all channels.
     *
     * @param most how many to keep at most
     */
    public static ExpectedValue of(String step, double scale, double[] value, int channels, int most) {
        int stride = Math.ceilDiv(value.length, most);
        while (stride > 1 && greatestCommonDivisor(stride, channels) > 1) {
            stride++;
        }
        List<Float> elements = new ArrayList<>();
        for (int i = 0; i < value.length; i += stride) {
            elements.add((float) value[i]);
        }
        return new ExpectedValue(step, scale, stride, elements);
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /**
     * How far a number is from what it should be, both as float32 has them: what is not finite agrees with its like
     * alone, NaN with NaN and an infinity with that of its sign, and is infinitely far from all else.
     */
    public static double distance(double expected, double actual) {
        if (Float.isFinite((float) expected) && Float.isFinite((float) actual)) {
            return Math.abs(expected - actual);
        }
        return Float.compare((float) expected, (float) actual) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }

    /** What a number adds to the scale that others are measured by: its magnitude; 0 if it is not finite as float32. */
    public static double magnitude(double expected) {
        return Float.isFinite((float) expected) ? Math.abs(expected) : 0;
    }

    /** The greatest distance of a value's elements, from one on, as a part of the scale. */
    double error(float[] value, int start) {
        double error = 0;
        for (int i = 0; i < elements.size(); i++) {
            int index = start + i * stride;
            error = Math.max(error,
                    index < value.length ? distance(elements.get(i), value[index]) / scale : Double.POSITIVE_INFINITY);
        }
        return error;
    }

    /** In one line. */
    String toText() {
        return String.format(Locale.ROOT, "%s %s %d %s", step, scale, stride,
                String.join(" ", elements.stream().map(String::valueOf).toList()));
    }

    /**
     * Reads what {@link #toText} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static ExpectedValue of(String text) {
        List<String> words = List.of(text.split(" "));
        if (words.size() < 4) {
            throw new IllegalArgumentException("'" + text + "' is no expected value");
        }
        return new ExpectedValue(words.get(0), Double.parseDouble(words.get(1)), Integer.parseInt(words.get(2)),
                words.subList(3, words.size()).stream().map(Float::valueOf).toList());
    }
}
