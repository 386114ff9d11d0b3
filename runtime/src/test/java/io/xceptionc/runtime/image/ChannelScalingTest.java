package io.xceptionc.runtime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelScalingTest {
    @Test
    void meanAndDeviationAreOnTheScaleOfOne() {
        assertEquals(
                new ChannelScaling(1 / (255 * 0.229), -0.485 / 0.229),
                ChannelScaling.ofMeanAndDeviation(0.485, 0.229));
    }

    @Test
    void halfAndHalfMapsToMinusOneAndOne() {
        float[] table = ChannelScaling.ofMeanAndDeviation(0.5, 0.5).table();
        assertEquals(256, table.length);
        assertEquals(-1f, table[0]);
        assertEquals(1f, table[255]);
    }

    @Test
    void tableHoldsScaleTimesLevelPlusOffset() {
        float[] table = new ChannelScaling(0.5, -3).table();
        assertEquals(-3f, table[0]);
        assertEquals(-2.5f, table[1]);
        assertEquals(124.5f, table[255]);
    }

    @ParameterizedTest
    @CsvSource({"NaN, 0", "0, NaN", "Infinity, 0", "0, -Infinity", "3e38, 0", "1e36, 3e38"})
    void valuesMustBeFinite(double scale, double offset) {
        IllegalArgumentException exception =
                assertThrows(IllegalArgumentException.class, () -> new ChannelScaling(scale, offset));
        assertEquals(
                "scale %s and offset %s do not give finite values for the levels 0 to 255".formatted(scale, offset),
                exception.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "NaN", "Infinity"})
    void deviationMustBeFiniteAndMoreThanZero(double deviation) {
        IllegalArgumentException exception = assertThrows(
                IllegalArgumentException.class, () -> ChannelScaling.ofMeanAndDeviation(0.5, deviation));
        assertEquals("the deviation must be finite and more than 0, is " + deviation, exception.getMessage());
    }

    @Test
    void meanMustBeFinite() {
        IllegalArgumentException exception = assertThrows(
                IllegalArgumentException.class, () -> ChannelScaling.ofMeanAndDeviation(Double.NaN, 1));
        assertEquals("the mean must be finite, is NaN", exception.getMessage());
    }
}
