package io.xceptionc.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void medianIsTheMiddleOne() {
        assertEquals(3, Samples.median(List.of(9L, 1L, 3L)));
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertEquals(3.5, Samples.median(List.of(100L, 4L, 3L, 1L)));
    }

    @Test
    void medianOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Samples.median(List.of()));
    }

    @Test
    void aQuarterIsLessThanTheLowerQuartile() {
        assertEquals(20, Samples.quantile(List.of(50L, 10L, 20L, 40L, 30L), 0.25));
        assertEquals(7, Samples.quantile(List.of(7L), 0.25));
        assertEquals("nothing was measured",
                assertThrows(IllegalArgumentException.class, () -> Samples.quantile(List.of(), 0.25)).getMessage());
    }
}
