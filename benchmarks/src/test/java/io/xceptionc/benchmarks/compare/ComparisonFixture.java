package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.EngineKind;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A made-up comparison, round numbers only. */
final class ComparisonFixture {

    private static final long MEBIBYTE = 1 << 20;

    private ComparisonFixture() {}

    static Headline headline(OptionalLong peakBytes) {
        return new Headline(latency("xception", 1, 100, 125, 200), latency("xception", 2, 50, 62.5, 125), 95,
                16_000_000_000L, 200e9, 0,
                Map.of(EngineKind.XCEPTIONC, new ProcessCost(600, peakBytes, 90 * MEBIBYTE, MEBIBYTE),
                        EngineKind.ONNX_RUNTIME,
                        new ProcessCost(400, OptionalLong.of(200 * MEBIBYTE), 88 * MEBIBYTE, 54 * MEBIBYTE),
                        EngineKind.PYTORCH,
                        new ProcessCost(2000, OptionalLong.of(400 * MEBIBYTE), 89 * MEBIBYTE, 120 * MEBIBYTE)),
                4.5);
    }

    static Latency latency(String network, int threads, double ours, double onnxRuntime, double pyTorch) {
        return new Latency(network, threads, Map.of(EngineKind.XCEPTIONC, ours, EngineKind.ONNX_RUNTIME, onnxRuntime,
                EngineKind.PYTORCH, pyTorch));
    }

    static Comparison comparison(Headline headline) {
        return new Comparison(
                new Conditions("Some CPU, 2 processors, 16 GiB", "Some Linux, Some Java 25", LocalDate.of(2026, 1, 2),
                        "benchmarks/compare"),
                headline.figures(),
                List.of(headline.oneThread(), headline.twoThreads(), latency("tiny <1>", 1, 2, 1, 4)),
                headline.costs(), List.of("A note."));
    }
}
