package io.xceptionc.cli.predict;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;
import static io.xceptionc.cli.console.TextTable.Alignment.RIGHT;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.CsvText;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.console.TextTable;
import io.xceptionc.runtime.ClassShare;
import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.PixelRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** How the answers of several outputs are printed, or of one that is not of classes: each by what its numbers are. */
final class OutputsFormat {

    /**
     * A line about an output.
     *
     * @param rank from 1; empty of numbers
     * @param label of a class, or the number's place; empty of a single number
     * @param value for people
     * @param exact for programs
     */
    private record Line(String rank, String label, String value, String exact) {}

    private OutputsFormat() {}

    /** For people. */
    static void table(Answers answers, Console console) {
        TextTable table = new TextTable(List.of(LEFT, LEFT, RIGHT, LEFT, RIGHT, RIGHT),
                List.of("input", "output", "rank", "label", "value", "time"));
        for (Answers.Answer answer : answers.list()) {
            String input = answer.input();
            for (Head head : answer.heads()) {
                String output = head.output().name();
                for (Line line : lines(head)) {
                    table.add(List.of(input, output, line.rank(), line.label(), line.value(),
                            input.isEmpty() ? "" : Quantities.milliseconds(answer.milliseconds())));
                    input = "";
                    output = "";
                }
            }
        }
        if (answers.problems().size() < answers.list().size()) {
            table.lines().forEach(console::answer);
        }
    }

    /** For spreadsheets. */
    static void csv(Answers answers, Console console) {
        StringBuilder text = new StringBuilder("input,output,rank,label,value,milliseconds\n");
        for (Answers.Answer answer : answers.list()) {
            for (Head head : answer.heads()) {
                for (Line line : lines(head)) {
                    text.append(CsvText.line(answer.input(), head.output().name(), line.rank(), line.label(),
                            line.exact(), PredictionFormat.rounded(answer.milliseconds())));
                }
            }
        }
        console.out().print(text);
    }

    private static List<Line> lines(Head head) {
        List<Line> lines = new ArrayList<>();
        for (Classification ranked : head.classes()) {
            lines.add(new Line(Integer.toString(ranked.rank()), ranked.label(),
                    PredictionFormat.decimal(ranked.score()), Float.toString(ranked.score())));
        }
        for (int i = 0; i < head.shownNumbers(); i++) {
            lines.add(new Line("", head.numbers().length == 1 ? "" : head.output().label(i),
                    PredictionFormat.decimal(head.numbers()[i]), Float.toString(head.numbers()[i])));
        }
        for (ClassShare share : head.shares()) {
            lines.add(new Line(Integer.toString(lines.size() + 1), share.label(),
                    String.format(Locale.ROOT, "%.1f %%", 100 * share.share()), Double.toString(share.share())));
        }
        return lines;
    }

    /** For programs: an object with each output by its name. */
    static void json(List<Head> heads, JsonGenerator json) {
        json.writeObjectPropertyStart("outputs");
        for (Head head : heads) {
            json.writeObjectPropertyStart(head.output().name());
            switch (head.output().kind()) {
                case CLASSES -> PredictionFormat.writeClasses(head.classes(), head.valueName(), json);
                case NUMBERS -> {
                    json.writeArrayPropertyStart("numbers");
                    for (float number : head.numbers()) {
                        json.writeNumber(number);
                    }
                    json.writeEndArray();
                }
                case IMAGE -> shares(head, json);
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void shares(Head head, JsonGenerator json) {
        json.writeArrayPropertyStart("shape");
        head.output().shape().forEach(json::writeNumber);
        json.writeEndArray();
        if (head.output().pixels() instanceof PixelRule.AtLeast(float threshold)) {
            json.writeNumberProperty("threshold", threshold);
        }
        json.writeArrayPropertyStart("classes");
        for (ClassShare share : head.shares()) {
            json.writeStartObject();
            json.writeNumberProperty("index", share.index());
            json.writeStringProperty("label", share.label());
            json.writeNumberProperty("share", share.share());
            json.writeEndObject();
        }
        json.writeEndArray();
        head.files().ifPresent(files -> {
            json.writeStringProperty("mask", files.mask().toString());
            files.overlay().ifPresent(overlay -> json.writeStringProperty("overlay", overlay.toString()));
        });
    }
}
