package io.xceptionc.cli.predict;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;
import static io.xceptionc.cli.console.TextTable.Alignment.RIGHT;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.CsvText;
import io.xceptionc.cli.console.JsonText;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.console.TextTable;
import io.xceptionc.runtime.Classification;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** How answers are printed. */
public enum PredictionFormat {
    /** For people. */
    TABLE {
        @Override
        public void print(Answers answers, Console console) {
            if (!answers.areClassesAlone()) {
                OutputsFormat.table(answers, console);
                return;
            }
            TextTable table = new TextTable(List.of(LEFT, RIGHT, LEFT, RIGHT, RIGHT),
                    List.of("input", "rank", "label", answers.valueName(), "time"));
            for (Answers.Answer answer : answers.list()) {
                for (Classification ranked : answer.classes()) {
                    boolean first = ranked.rank() == 1;
                    table.add(List.of(first ? answer.input() : "", Integer.toString(ranked.rank()), ranked.label(),
                            decimal(ranked.score()), first ? Quantities.milliseconds(answer.milliseconds()) : ""));
                }
            }
            if (answers.problems().size() < answers.list().size()) {
                table.lines().forEach(console::answer);
            }
        }
    },
    /** For spreadsheets. */
    CSV {
        @Override
        public void print(Answers answers, Console console) {
            if (!answers.areClassesAlone()) {
                OutputsFormat.csv(answers, console);
                return;
            }
            StringBuilder text = new StringBuilder("input,rank,label," + answers.valueName() + ",milliseconds\n");
            for (Answers.Answer answer : answers.list()) {
                for (Classification ranked : answer.classes()) {
                    text.append(CsvText.line(answer.input(), Integer.toString(ranked.rank()), ranked.label(),
                            Float.toString(ranked.score()), rounded(answer.milliseconds())));
                }
            }
            console.out().print(text);
        }
    },
    /** For programs. */
    JSON {
        @Override
        public void print(Answers answers, Console console) {
            JsonText.print(console, json -> {
                json.writeStringProperty("model", answers.model());
                json.writeArrayPropertyStart("predictions");
                answers.list().forEach(answer -> write(answer, answers, json));
                json.writeEndArray();
            });
        }
    };

    public abstract void print(Answers answers, Console console);

    private static void write(Answers.Answer answer, Answers answers, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("input", answer.input());
        if (answer.problem().isEmpty()) {
            json.writeNumberProperty("milliseconds", Double.parseDouble(rounded(answer.milliseconds())));
            if (answers.areClassesAlone()) {
                writeClasses(answer.classes(), answers.valueName(), json);
            } else {
                OutputsFormat.json(answer.heads(), json);
            }
        } else {
            json.writeStringProperty("error", answer.problem());
        }
        json.writeEndObject();
    }

    static void writeClasses(List<Classification> classes, String valueName, JsonGenerator json) {
        json.writeArrayPropertyStart("classes");
        for (Classification ranked : classes) {
            json.writeStartObject();
            json.writeNumberProperty("rank", ranked.rank());
            json.writeNumberProperty("index", ranked.index());
            json.writeStringProperty("label", ranked.label());
            json.writeNumberProperty(valueName, ranked.score());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static String decimal(float value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    static String rounded(double milliseconds) {
        return String.format(Locale.ROOT, "%.3f", milliseconds);
    }
}
