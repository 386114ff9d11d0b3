package io.xceptionc.cli.verify;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;
import static io.xceptionc.cli.console.TextTable.Alignment.RIGHT;

import io.xceptionc.cli.console.CsvText;
import io.xceptionc.cli.console.JsonText;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.console.ReportFormat;
import io.xceptionc.cli.console.TextTable;
import io.xceptionc.runtime.SelfTestReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * How a model did in its self-test, to be printed.
 *
 * @param model the model's name
 * @param reports a report for each width of vectors
 */
public record SelfTestTable(String model, List<SelfTestReport> reports) implements ReportFormat.Report {

    public SelfTestTable {
        reports = List.copyOf(reports);
    }

    @Override
    public List<String> table() {
        TextTable table = new TextTable(List.of(LEFT, LEFT, RIGHT, LEFT, RIGHT, LEFT),
                List.of("vectors", "compiled by", "runs", "worst step", "error", "result"));
        for (SelfTestReport report : reports) {
            table.add(List.of(report.vectorBits() + " bits", report.compiledByC2() ? "C2" : "not by C2",
                    Quantities.count(report.runs()), report.worstStep(), Quantities.scientific(report.error()),
                    verdict(report)));
        }
        SelfTestReport first = reports.getFirst();
        List<String> lines = new ArrayList<>(List.of("%s, %s; errors are parts of a step's scale, at most %s".formatted(
                model, Quantities.count(first.threads(), "thread"), Quantities.scientific(first.tolerance())), ""));
        lines.addAll(table.lines());
        return lines;
    }

    private static String verdict(SelfTestReport report) {
        String deviating = report.deviatingRuns() == 0 ? "" : ", " + report.deviatingRuns() + " runs differ";
        return (report.passed() ? "passed" : "FAILED") + deviating;
    }

    @Override
    public String csv() {
        StringBuilder text = new StringBuilder(CsvText.line("model", "threads", "vector_bits", "compiled_by_c2", "runs",
                "deviating_runs", "worst_step", "error", "tolerance", "first_departure", "passed"));
        for (SelfTestReport report : reports) {
            text.append(CsvText.line(model, Integer.toString(report.threads()), Integer.toString(report.vectorBits()),
                    Boolean.toString(report.compiledByC2()), Integer.toString(report.runs()),
                    Integer.toString(report.deviatingRuns()), report.worstStep(),
                    Double.toString(report.error()), Double.toString(report.tolerance()),
                    report.firstDeparture().orElse(""), Boolean.toString(report.passed())));
        }
        return text.toString();
    }

    /** The model's name in a line of {@link #csv}. */
    static String model(String line) {
        return line.split(",", -1)[0];
    }

    /** Reads a line of {@link #csv}. */
    static SelfTestReport report(String line) {
        String[] fields = line.split(",", -1);
        return new SelfTestReport(Double.parseDouble(fields[7]), Double.parseDouble(fields[8]), fields[6],
                Optional.of(fields[9]).filter(step -> !step.isEmpty()), Integer.parseInt(fields[2]),
                Integer.parseInt(fields[1]), Boolean.parseBoolean(fields[3]), Integer.parseInt(fields[4]),
                Integer.parseInt(fields[5]));
    }

    @Override
    public void json(JsonGenerator json) {
        json.writeStringProperty("model", model);
        json.writeArrayPropertyStart("tests");
        for (SelfTestReport report : reports) {
            json.writeStartObject();
            json.writeNumberProperty("threads", report.threads());
            json.writeNumberProperty("vectorBits", report.vectorBits());
            json.writeBooleanProperty("compiledByC2", report.compiledByC2());
            json.writeNumberProperty("runs", report.runs());
            json.writeNumberProperty("deviatingRuns", report.deviatingRuns());
            json.writeStringProperty("worstStep", report.worstStep());
            JsonText.scientific(json, "error", report.error());
            JsonText.scientific(json, "tolerance", report.tolerance());
            report.firstDeparture().ifPresent(step -> json.writeStringProperty("firstDeparture", step));
            json.writeBooleanProperty("passed", report.passed());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
