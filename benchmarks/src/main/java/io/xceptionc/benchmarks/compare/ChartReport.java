package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.EngineKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A comparison as a chart of bars. */
final class ChartReport {

    private ChartReport() {}

    static BarChart of(Comparison comparison) {
        List<EngineKind> engines = List.copyOf(comparison.engines());
        List<BarChart.Group> groups = new ArrayList<>();
        for (Latency latency : comparison.latencies()) {
            groups.add(group(latency.network() + (latency.threads() == 1 ? ", 1 thread" : ", 2 threads"), engines,
                    Unit.MILLISECONDS, latency::of));
        }
        groups.add(group("process start to first answer", engines, Unit.MILLISECONDS,
                engine -> comparison.costs().get(engine).startMilliseconds()));
        if (comparison.costs().values().stream().allMatch(cost -> cost.peakBytes().isPresent())) {
            groups.add(group("peak memory of the process", engines, Unit.MEBIBYTES,
                    engine -> comparison.costs().get(engine).peakBytes().orElseThrow()));
        }
        return new BarChart("Time for one image, and the cost of a process",
                engines.stream().map(EngineKind::title).toList(),
                engines.indexOf(EngineKind.ONNX_RUNTIME), groups);
    }

    private static BarChart.Group group(String label, List<EngineKind> engines, Unit unit,
            ToDoubleFunction<EngineKind> number) {
        List<Double> values = engines.stream().map(number::applyAsDouble).toList();
        return new BarChart.Group(label, values, values.stream().map(unit::text).toList());
    }
}
