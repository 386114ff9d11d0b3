package io.xceptionc.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {

    /** Beside an element that is right, so that there is a scale. */
    @ParameterizedTest
    @CsvSource({"NaN, NaN, 0", "Infinity, Infinity, 0", "-Infinity, -Infinity, 0", "1e39, Infinity, 0",
        "NaN, 1, Infinity",
        "1, NaN, Infinity", "Infinity, -Infinity, Infinity", "Infinity, NaN, Infinity", "NaN, Infinity, Infinity",
        "3, Infinity, Infinity", "Infinity, 3, Infinity", "1, 1.5, 0.25", "2, -2, 2"})
    void whatIsNotFiniteAgreesWithItsLikeAlone(double expected, float actual, double ofScale) {
        assertEquals(ofScale, Difference.of(new double[] {2, expected}, new float[] {2, actual}).ofScale());
        assertEquals(ofScale, Difference.of(new double[] {expected, 2}, new float[] {actual, 2}).ofScale());
    }

    @ParameterizedTest
    @CsvSource({"NaN, 0.5", "Infinity, 0.5"})
    void itHidesNoOtherDifference(double expected, double ofScale) {
        Difference difference =
                Difference.of(new double[] {expected, 2, expected},
                        new float[] {(float) expected, 1, (float) expected});
        assertEquals(1, difference.index());
        assertEquals(ofScale, difference.ofScale());
    }
}
