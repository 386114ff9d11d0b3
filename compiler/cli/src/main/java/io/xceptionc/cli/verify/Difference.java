package io.xceptionc.cli.verify;

import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.predict.NotFinite;
import io.xceptionc.runtime.ExpectedValue;
import java.util.List;

/**
 * The maximum error of an array against its reference: absolute, relative to the scale, and in ULPs.
 *
 * @param index the element, row-major
 * @param expected what it should be
 * @param actual what it is
 * @param scale the greatest finite magnitude that is expected of any element
 */
record Difference(int index, double expected, float actual, double scale) {

    /** Compares arrays of the same length; what is not finite agrees with its like alone. */
    static Difference of(double[] expected, float[] actual) {
        int worst = 0;
        double scale = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, ExpectedValue.magnitude(expected[i]));
            if (ExpectedValue.distance(expected[i], actual[i])
                    > ExpectedValue.distance(expected[worst], actual[worst])) {
                worst = i;
            }
        }
        return new Difference(worst, expected[worst], actual[worst], scale);
    }

    /** The distance. */
    double absolute() {
        return ExpectedValue.distance(expected, actual);
    }

    /** The distance as a part of the scale. */
    double ofScale() {
        return inUnitsOf(Math.max(scale, Float.MIN_NORMAL));
    }

    /** The distance in units of the last place of the expected value, as float32 has it. */
    double ulps() {
        return inUnitsOf(Math.ulp((float) expected));
    }

    private double inUnitsOf(double unit) {
        return absolute() == 0 || Double.isInfinite(absolute()) ? absolute() : absolute() / unit;
    }

    /** The index along each axis. */
    List<Integer> place(List<Integer> shape) {
        return NotFinite.place(index, shape);
    }

    /** The cells of a table: distance, of the scale, ULPs, place, expected, actual. */
    List<String> cells(List<Integer> shape) {
        return List.of(Quantities.scientific(absolute()), Quantities.scientific(ofScale()),
                Quantities.decimal(ulps()), place(shape).toString(), Float.toString((float) expected),
                Float.toString(actual));
    }
}
