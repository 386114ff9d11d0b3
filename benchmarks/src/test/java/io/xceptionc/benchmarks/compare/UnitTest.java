package io.xceptionc.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {

    @ParameterizedTest
    @CsvSource({
        "RATIO, 0.987, 0.99",
        "MILLISECONDS, 1.234, 1.23 ms",
        "MILLISECONDS, 99.994, 99.99 ms",
        "MILLISECONDS, 512.34, 512.3 ms",
        "SECONDS, 4.96, 5.0 s",
        "MEBIBYTES, 311427072, 297 MiB",
        "MEBIBYTES, 71680, 0.1 MiB",
        "BYTES, 0, 0 bytes",
        "BYTES, 0.05, 0.050 bytes",
        "BYTES, 24, 24 bytes",
        "GIGAFLOPS, 164600000000, 165 GFLOP/s"})
    void readsAsPeopleWriteIt(Unit unit, double number, String text) {
        assertEquals(text, unit.text(number));
    }
}
