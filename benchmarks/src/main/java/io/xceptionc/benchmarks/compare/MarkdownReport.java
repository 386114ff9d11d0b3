package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.EngineKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** A comparison as Markdown. */
final class MarkdownReport {

    private MarkdownReport() {}

    /** Three tables and what they were measured with. */
    static String of(Comparison comparison) {
        Conditions conditions = comparison.conditions();
        StringBuilder text = new StringBuilder();
        text.append("Xception, 299x299, float32, one image, random weights; xceptionc over ONNX Runtime:\n\n");
        text.append(figures(comparison.figures())).append('\n');
        text.append("Milliseconds for one image, and the time of xceptionc over that of each peer:\n\n");
        text.append(latencies(comparison)).append('\n');
        text.append("A whole process on all processors, to its first answer, and what lies on disk:\n\n");
        text.append(costs(comparison.costs())).append('\n');
        for (String note : comparison.notes()) {
            text.append(note).append("\n\n");
        }
        text.append(
                "Medians of alternating rounds, each engine in processes of its own, with the same threads and all other")
                .append(" options at their\ndefaults. Measured on ").append(conditions.date()).append(" on ")
                .append(conditions.machine()).append(";\n").append(conditions.software()).append("; by `")
                .append(conditions.command()).append("`.\n");
        return text.toString();
    }

    private static String figures(List<Figure> figures) {
        MarkdownTable table =
                new MarkdownTable(List.of("figure", "must", "aim", "measured", "verdict", "computed from"));
        for (Figure figure : figures) {
            Target target = figure.target();
            table.add(List.of(figure.name(), bound(figure, OptionalDouble.of(target.must())),
                    bound(figure, target.aim()),
                    figure.measured().isPresent() ? figure.unit().text(figure.measured().getAsDouble()) : "",
                    figure.verdict().words(), figure.parts()));
        }
        return table.text();
    }

    private static String bound(Figure figure, OptionalDouble bound) {
        return bound.isEmpty()
                ? ""
                : figure.target().direction().symbol() + " " + figure.unit().text(bound.getAsDouble());
    }

    private static String latencies(Comparison comparison) {
        List<EngineKind> peers =
                comparison.engines().stream().filter(engine -> engine != EngineKind.XCEPTIONC).toList();
        List<String> headings = new ArrayList<>(List.of("network", "threads"));
        comparison.engines().forEach(engine -> headings.add(engine.title()));
        peers.forEach(peer -> headings.add("over " + peer.title()));
        MarkdownTable table = new MarkdownTable(headings);
        for (Latency latency : comparison.latencies()) {
            List<String> row = new ArrayList<>(List.of(latency.network(), Integer.toString(latency.threads())));
            comparison.engines()
                    .forEach(engine -> row.add(String.format(Locale.ROOT, "%.2f", latency.of(engine))));
            peers.forEach(peer -> row.add(Unit.RATIO.text(latency.ratioTo(peer))));
            table.add(row);
        }
        return table.text();
    }

    private static String costs(Map<EngineKind, ProcessCost> costs) {
        MarkdownTable table = new MarkdownTable(List.of("", "first answer", "peak memory", "model", "libraries"));
        costs.forEach((engine, cost) -> table.add(List.of(engine.title(),
                Unit.MILLISECONDS.text(cost.startMilliseconds()),
                cost.peakBytes().isPresent() ? Unit.MEBIBYTES.text((double) cost.peakBytes().getAsLong()) : "",
                Unit.MEBIBYTES.text((double) cost.modelBytes()),
                Unit.MEBIBYTES.text((double) cost.libraryBytes()))));
        return table.text();
    }
}
