package io.xceptionc.compiler.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.language.attribute.DecimalText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTextTest {

    @ParameterizedTest
    @CsvSource({"0.0, 0", "-0.0, 0", "1.0, 1", "-1.0, -1", "0.5, 0.5", "100.0, 100", "1e9, 1e9", "-1e9, -1e9",
        "123.675, 123.675",
        "1e-8, 1e-8", "-1e-8, -1e-8", "1e-30, 1e-30", "4.9e-324, 49e-325",
        "1.7976931348623157e308, 17976931348623157e292",
        "3e-9, 3e-9", "0.1, 0.1", "1e-3, 1e-3"})
    void numbersAreWrittenAsShortAsTheyCanBe(double number, String expected) {
        assertEquals(expected, DecimalText.fraction(number));
        assertEquals(number + 0.0, Double.parseDouble(DecimalText.fraction(number)));
    }

    @Test
    void inversesOfPlainNumbersAreWrittenAsFractions() {
        assertEquals("1/255", DecimalText.fraction(1 / 255.0));
        assertEquals("1/127.5", DecimalText.fraction(1 / 127.5));
        assertEquals("1/58.395", DecimalText.fraction(1 / 58.395));
        assertEquals("-0.00392156862745098", DecimalText.fraction(-1 / 255.0));
    }
}
