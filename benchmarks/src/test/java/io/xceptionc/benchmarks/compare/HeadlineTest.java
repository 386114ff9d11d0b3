package io.xceptionc.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Figures are computed from what was measured, ours over theirs. */
class HeadlineTest {

    private static final long MEBIBYTE = 1 << 20;

    private static List<String> figures(OptionalLong peakBytes) {
        return ComparisonFixture.headline(peakBytes).figures().stream()
                .map(figure -> "%s: %s, %s (%s)".formatted(figure.name(),
                        figure.measured().isPresent() ? figure.unit().text(figure.measured().getAsDouble()) : "?",
                        figure.verdict(), figure.parts()))
                .toList();
    }

    @Test
    void computesNineFigures() {
        assertEquals(List.of(
                "latency, 1 thread: 0.80, REACHED (100.0 ms / 125.0 ms)",
                "latency, 2 threads: 0.80, REACHED (50.00 ms / 62.50 ms)",
                "process start to first answer: 1.50, HELD (600.0 ms / 400.0 ms)",
                "peak resident memory, whole process: 0.80, MISSED (160 MiB / 200 MiB)",
                "heap allocated per inference: 0 bytes, REACHED ()",
                "2 threads over 1: 2.00, REACHED (100.0 ms / 50.00 ms)",
                "share of the FMA peak, 1 thread: 0.80, HELD (160 GFLOP/s / 200 GFLOP/s)",
                "batch 8, per image, over batch 1, 1 thread: 0.95, REACHED (95.00 ms / 100.0 ms)",
                "`compile`, whole process: 4.5 s, REACHED ()"), figures(OptionalLong.of(160 * MEBIBYTE)));
    }

    @Test
    void saysWhatTheMachineDoesNotTell() {
        assertEquals("peak resident memory, whole process: ?, UNKNOWN ()", figures(OptionalLong.empty()).get(3));
    }

    @Test
    void oneMissedFigureFailsTheComparison() {
        assertFalse(ComparisonFixture
                .comparison(ComparisonFixture.headline(OptionalLong.of(160 * MEBIBYTE))).passes());
        assertTrue(ComparisonFixture
                .comparison(ComparisonFixture.headline(OptionalLong.of(150 * MEBIBYTE))).passes());
        assertTrue(ComparisonFixture.comparison(ComparisonFixture.headline(OptionalLong.empty())).passes());
    }
}
