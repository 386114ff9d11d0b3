package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.EngineKind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The times of single layers as Markdown, the worst first. */
final class LayerReport {

    private LayerReport() {}

    /** The table and what it was measured with. */
    static String of(List<LayerTime> times, Conditions conditions) {
        MarkdownTable table = new MarkdownTable(
                List.of("layer", "input", "xceptionc us", "ONNX Runtime us", "ratio", "must", "verdict"));
        times.stream().sorted(Comparator.comparingDouble(LayerTime::ratio).reversed())
                .forEach(time -> table.add(List.of(time.layer().name(), time.layer().shape(),
                        microseconds(time, EngineKind.XCEPTIONC), microseconds(time, EngineKind.ONNX_RUNTIME),
                        decimals(time.ratio(), 2), decimals(LayerTime.MUST, 2), time.passes() ? "met" : "missed")));
        return """
                Single layers, float32, one image, one thread, each a network of its own:

                %s
                Lower quartiles of alternating rounds, each engine in a process of its own. Measured on %s on %s;
                %s; by `%s`.
                """.formatted(table.text(), conditions.date(), conditions.machine(), conditions.software(),
                conditions.command());
    }

    private static String microseconds(LayerTime time, EngineKind engine) {
        return decimals(time.microseconds().get(engine), 0);
    }

    private static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
