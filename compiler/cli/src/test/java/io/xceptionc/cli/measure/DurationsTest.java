package io.xceptionc.cli.measure;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void percentilesAreTimesThatWereMeasured() {
        Durations durations = new Durations(new long[] {30, 10, 20, 40});
        assertAll(() -> assertEquals(4, durations.count()), () -> assertEquals(10, durations.percentile(0)),
                () -> assertEquals(10, durations.percentile(25)), () -> assertEquals(20, durations.percentile(26)),
                () -> assertEquals(20, durations.percentile(50)), () -> assertEquals(40, durations.percentile(99)),
                () -> assertEquals(40, durations.percentile(100)));
    }

    @Test
    void ofAThousand() {
        Durations durations = new Durations(LongStream.rangeClosed(1, 1000).map(i -> 1001 - i).toArray());
        assertAll(() -> assertEquals(500, durations.percentile(50)), () -> assertEquals(900, durations.percentile(90)),
                () -> assertEquals(990, durations.percentile(99)));
    }

    @Test
    void ofOne() {
        Durations durations = new Durations(new long[] {7});
        assertAll(() -> assertEquals(7, durations.percentile(0)), () -> assertEquals(7, durations.percentile(99)));
    }

    @Test
    void thereMustBeOne() {
        assertThrows(IllegalArgumentException.class, () -> new Durations(new long[0]));
    }
}
