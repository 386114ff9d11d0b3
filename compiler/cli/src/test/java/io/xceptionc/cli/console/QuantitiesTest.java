package io.xceptionc.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0          | 0 bytes
            1          | 1 byte
            1023       | 1023 bytes
            1024       | 1.0 KiB
            706662     | 690.1 KiB
            1048576    | 1.0 MiB
            5368709120 | 5,120.0 MiB
            """)
    void bytes(long bytes, String text) {
        assertEquals(text, Quantities.bytes(bytes));
    }

    @Test
    void counts() {
        assertEquals("22,910,480", Quantities.count(22_910_480));
        assertEquals("1 layer", Quantities.count(1, "layer"));
        assertEquals("0 layers", Quantities.count(0, "layer"));
    }

    @Test
    void times() {
        assertEquals("12.3 s", Quantities.seconds(Duration.ofMillis(12_345)));
        assertEquals("0.50 ms", Quantities.milliseconds(0.504));
    }
}
