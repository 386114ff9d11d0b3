package io.xceptionc.cli.verb;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;
import static io.xceptionc.cli.console.TextTable.Alignment.RIGHT;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.JsonText;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.console.TableFormat;
import io.xceptionc.cli.console.TextTable;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.CommonOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.lower.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import tools.jackson.core.JsonGenerator;

/** Lists the layers of a spec with their shapes and costs. */
final class SummaryVerb implements Verb {

    private static final Option INPUT = CommonOptions.input();
    private static final Option FORMAT = CommonOptions.tableFormat();

    @Override
    public Manual manual() {
        return new Manual("summary", "SPEC [--input HxW] [--format table|json]",
                "lists layers, shapes, parameters and costs of a spec", List.of(
                        "A MAC is a multiplication with an addition, counted for one image.",
                        "Weights that several layers share count once, where they come first."),
                "xceptionc summary xception.yaml --input 299x299");
    }

    @Override
    public Options options() {
        return new Options().addOption(INPUT).addOption(FORMAT);
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console)
            throws UsageException, InvalidInputException, IOException {
        TableFormat format = arguments.choice(FORMAT, TableFormat.TABLE);
        Path spec = arguments.onlyPath("SPEC");
        Optional<ImageSize> input = arguments.size(INPUT);
        try (NetworkFiles files = NetworkFiles.of(spec, arguments, input, console)) {
            Summary summary = Compiler.summarise(files.spec(), input);
            format.print(table(summary), json -> json(summary, json), console);
        }
        return ExitCode.FINE;
    }

    private static List<String> table(Summary summary) {
        TextTable table = new TextTable(List.of(LEFT, LEFT, RIGHT, RIGHT, RIGHT),
                List.of("layer", "op", "output", "parameters", "MACs"));
        for (Summary.Layer layer : summary.layers()) {
            table.add(List.of(layer.name(), layer.op(), Quantities.shape(layer.output()),
                    Quantities.count(layer.parameters()),
                    Quantities.count(layer.macs())));
        }
        List<String> lines = new ArrayList<>(List.of(summary.model() + ", input " + Quantities.shape(summary.input()),
                "arrays: " + summary.arrays().inWords(), ""));
        lines.addAll(table.lines());
        lines.addAll(List.of("", totals(summary)));
        return lines;
    }

    private static String totals(Summary summary) {
        return "%s, %s (%s trainable), %s".formatted(Quantities.count(summary.layers().size(), "layer"),
                Quantities.count(summary.parameters(), "parameter"), Quantities.count(summary.trainableParameters()),
                Quantities.count(summary.macs(), "MAC"));
    }

    private static void json(Summary summary, JsonGenerator json) {
        json.writeStringProperty("model", summary.model());
        json.writeStringProperty("arrays", summary.arrays().isNone() ? "scaled" : "raw");
        json.writeNumberProperty("parameters", summary.parameters());
        json.writeNumberProperty("trainableParameters", summary.trainableParameters());
        json.writeNumberProperty("macs", summary.macs());
        json.writeArrayPropertyStart("layers");
        for (Summary.Layer layer : summary.layers()) {
            json.writeStartObject();
            json.writeStringProperty("name", layer.name());
            json.writeStringProperty("op", layer.op());
            JsonText.shape(json, "output", layer.output());
            json.writeNumberProperty("parameters", layer.parameters());
            json.writeNumberProperty("macs", layer.macs());
            json.writeNumberProperty("line", layer.line());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
