package io.xceptionc.cli.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FmaPeakTest {

    /** What is interpreted, or puts vectors on the heap, comes to less than a tenth of one. */
    @Test
    void runsInRegisters() {
        double gigaflops = FmaPeak.gigaflops(Duration.ofMillis(1500));
        assertTrue(gigaflops > 4 && gigaflops < 4000, gigaflops + " GFLOP/s");
    }
}
