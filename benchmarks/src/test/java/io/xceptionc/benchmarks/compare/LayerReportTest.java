package io.xceptionc.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.benchmarks.engine.EngineKind;
import io.xceptionc.benchmarks.workload.SingleLayer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerReportTest {

    private static LayerTime time(String name, double ours, double theirs) {
        return new LayerTime(new SingleLayer(name, 28, 28, 240, "- " + name),
                Map.of(EngineKind.XCEPTIONC, ours, EngineKind.ONNX_RUNTIME, theirs));
    }

    @Test
    void theWorstComesFirst() {
        String report = LayerReport.of(List.of(time("relu", 125, 100), time("tanh", 126.4, 100)),
                new Conditions("a machine", "a system", LocalDate.of(2026, 1, 2), "benchmarks/compare --layers"));
        assertEquals(
                """
                        Single layers, float32, one image, one thread, each a network of its own:

                        | layer |     input | xceptionc us | ONNX Runtime us | ratio | must | verdict |
                        |-------|----------:|-------------:|----------------:|------:|-----:|--------:|
                        | tanh  | 28x28x240 |          126 |             100 |  1.26 | 1.25 |  missed |
                        | relu  | 28x28x240 |          125 |             100 |  1.25 | 1.25 |     met |

                        Lower quartiles of alternating rounds, each engine in a process of its own. Measured on 2026-01-02 on a machine;
                        a system; by `benchmarks/compare --layers`.
                        """,
                report);
    }
}
