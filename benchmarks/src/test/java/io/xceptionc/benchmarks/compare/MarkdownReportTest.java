package io.xceptionc.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {

    @Test
    void writesTablesAndConditions() {
        assertEquals(
                """
                        Xception, 299x299, float32, one image, random weights; xceptionc over ONNX Runtime:

                        | figure                                     |      must |     aim | measured |     verdict |             computed from |
                        |--------------------------------------------|----------:|--------:|---------:|------------:|--------------------------:|
                        | latency, 1 thread                          |    ≤ 1.00 |  ≤ 0.80 |     0.80 | aim reached |       100.0 ms / 125.0 ms |
                        | latency, 2 threads                         |    ≤ 1.00 |  ≤ 0.80 |     0.80 | aim reached |       50.00 ms / 62.50 ms |
                        | process start to first answer              |    ≤ 2.00 |  ≤ 1.00 |     1.50 |   must held |       600.0 ms / 400.0 ms |
                        | peak resident memory, whole process        |    ≤ 0.75 |  ≤ 0.60 |     0.80 |  **MISSED** |         160 MiB / 200 MiB |
                        | heap allocated per inference               | ≤ 0 bytes |         |  0 bytes | aim reached |                           |
                        | 2 threads over 1                           |    ≥ 1.85 |  ≥ 1.95 |     2.00 | aim reached |       100.0 ms / 50.00 ms |
                        | share of the FMA peak, 1 thread            |    ≥ 0.68 |  ≥ 0.85 |     0.80 |   must held | 160 GFLOP/s / 200 GFLOP/s |
                        | batch 8, per image, over batch 1, 1 thread |    ≤ 1.00 |  ≤ 0.95 |     0.95 | aim reached |       95.00 ms / 100.0 ms |
                        | `compile`, whole process                   |  ≤ 15.0 s | ≤ 5.0 s |    4.5 s | aim reached |                           |

                        Milliseconds for one image, and the time of xceptionc over that of each peer:

                        | network  | threads | xceptionc | ONNX Runtime | DJL PyTorch | over ONNX Runtime | over DJL PyTorch |
                        |----------|--------:|----------:|-------------:|------------:|------------------:|-----------------:|
                        | xception |       1 |    100.00 |       125.00 |      200.00 |              0.80 |             0.50 |
                        | xception |       2 |     50.00 |        62.50 |      125.00 |              0.80 |             0.40 |
                        | tiny <1> |       1 |      2.00 |         1.00 |        4.00 |              2.00 |             0.50 |

                        A whole process on all processors, to its first answer, and what lies on disk:

                        |              | first answer | peak memory |  model | libraries |
                        |--------------|-------------:|------------:|-------:|----------:|
                        | xceptionc    |     600.0 ms |     160 MiB | 90 MiB |   1.0 MiB |
                        | ONNX Runtime |     400.0 ms |     200 MiB | 88 MiB |    54 MiB |
                        | DJL PyTorch  |    2000.0 ms |     400 MiB | 89 MiB |   120 MiB |

                        A note.

                        Medians of alternating rounds, each engine in processes of its own, with the same threads and all other options at their
                        defaults. Measured on 2026-01-02 on Some CPU, 2 processors, 16 GiB;
                        Some Linux, Some Java 25; by `benchmarks/compare`.
                        """,
                MarkdownReport.of(ComparisonFixture.comparison(
                        ComparisonFixture.headline(OptionalLong.of(160L << 20)))));
    }
}
