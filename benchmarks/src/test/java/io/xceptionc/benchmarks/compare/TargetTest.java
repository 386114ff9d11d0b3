package io.xceptionc.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A measured value is judged by must and aim, bounds included. */
class TargetTest {

    @ParameterizedTest
    @CsvSource({"0.5, REACHED", "0.8, REACHED", "0.81, HELD", "1, HELD", "1.0001, MISSED", "NaN, MISSED"})
    void smallerIsBetter(double measured, Verdict verdict) {
        assertEquals(verdict, Target.atMost(1, 0.8).judge(measured));
    }

    @ParameterizedTest
    @CsvSource({"2, REACHED", "1.95, REACHED", "1.94, HELD", "1.85, HELD", "1.8499, MISSED", "NaN, MISSED"})
    void greaterIsBetter(double measured, Verdict verdict) {
        assertEquals(verdict, Target.atLeast(1.85, 1.95).judge(measured));
    }

    @ParameterizedTest
    @CsvSource({"0, REACHED", "0.05, MISSED", "16, MISSED"})
    void nothingIsNothing(double measured, Verdict verdict) {
        assertEquals(verdict, Target.none().judge(measured));
    }
}
