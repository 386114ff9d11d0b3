package io.xceptionc.benchmarks.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AgreementTest {

    @Test
    void errorIsRelativeToTheGreatestExpectedMagnitude() {
        assertEquals(0.25, Agreement.error(new float[] {-4, 1}, new float[] {-4, 2}));
    }

    @Test
    void errorOfOtherLengthsOrOfWhatIsNoNumberIsInfinite() {
        assertEquals(Double.POSITIVE_INFINITY, Agreement.error(new float[] {1}, new float[] {1, 1}));
        assertEquals(Double.POSITIVE_INFINITY, Agreement.error(new float[] {1}, new float[] {Float.NaN}));
    }
}
