package io.xceptionc.cli.measure;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;
import static io.xceptionc.cli.console.TextTable.Alignment.RIGHT;

import io.xceptionc.cli.console.CsvText;
import io.xceptionc.cli.console.JsonText;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.console.ReportFormat;
import io.xceptionc.cli.console.TextTable;
import io.xceptionc.runtime.ModelStep;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * A profile to be printed.
 *
 * @param profile what was measured
 */
public record ProfileReport(StepCosts profile) implements ReportFormat.Report {

    @Override
    public List<String> table() {
        TextTable table = new TextTable(List.of(LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT, RIGHT),
                List.of("step", "operator", "kernels", "microseconds", "share", "GFLOP/s", "bytes"));
        profile.steps().forEach(step -> table.add(cells(step, step.step().kernelsText())));
        table.add(cells(profile.total(), ""));
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(List.of("",
                "%s: a run of %s takes %s an image, the median of %s; %s, vectors of %d bits".formatted(
                        profile.model(), Quantities.count(profile.steps().size(), "step"),
                        Quantities.milliseconds(profile.runMicroseconds() / 1e3),
                        Quantities.count(profile.runs(), "run"),
                        Quantities.count(profile.threads(), "thread"), profile.vectorBits())));
        return lines;
    }

    private static List<String> cells(StepCosts.Step row, String kernels) {
        ModelStep step = row.step();
        return List.of(step.name(), step.operator(), kernels, Quantities.decimal(row.microseconds()),
                Quantities.percent(row.share()),
                step.multiplyAccumulates() == 0 ? "" : Quantities.decimal(row.gigaflops()),
                Quantities.bytes(step.bytes()));
    }

    @Override
    public String csv() {
        StringBuilder text =
                new StringBuilder(CsvText.line("step", "operator", "kernels", "microseconds", "share", "gflops", "macs",
                        "bytes"));
        for (StepCosts.Step row : profile.steps()) {
            ModelStep step = row.step();
            text.append(CsvText.line(step.name(), step.operator(), step.kernelsText(),
                    Quantities.fixed(row.microseconds()), Quantities.fixed(row.share()),
                    Quantities.fixed(row.gigaflops()),
                    Long.toString(step.multiplyAccumulates()), Long.toString(step.bytes())));
        }
        return text.toString();
    }

    @Override
    public void json(JsonGenerator json) {
        json.writeStringProperty("model", profile.model());
        json.writeNumberProperty("threads", profile.threads());
        json.writeNumberProperty("vectorBits", profile.vectorBits());
        json.writeNumberProperty("runs", profile.runs());
        JsonText.fixed(json, "microseconds", profile.runMicroseconds());
        json.writeArrayPropertyStart("steps");
        for (StepCosts.Step row : profile.steps()) {
            json.writeStartObject();
            json.writeStringProperty("step", row.step().name());
            json.writeStringProperty("operator", row.step().operator());
            json.writeArrayPropertyStart("kernels");
            row.step().kernels().forEach(json::writeString);
            json.writeEndArray();
            costs(row, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectPropertyStart("total");
        costs(profile.total(), json);
        json.writeEndObject();
    }

    private static void costs(StepCosts.Step row, JsonGenerator json) {
        JsonText.fixed(json, "microseconds", row.microseconds());
        JsonText.fixed(json, "share", row.share());
        JsonText.fixed(json, "gflops", row.gigaflops());
        json.writeNumberProperty("macs", row.step().multiplyAccumulates());
        json.writeNumberProperty("bytes", row.step().bytes());
    }
}
