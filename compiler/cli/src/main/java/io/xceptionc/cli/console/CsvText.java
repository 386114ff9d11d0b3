package io.xceptionc.cli.console;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers for spreadsheets: RFC 4180, but with line feeds alone. */
public final class CsvText {

    private CsvText() {}

    /** A line of fields, with its line feed. */
    public static String line(String... fields) {
        return Stream.of(fields).map(CsvText::field).collect(Collectors.joining(",")) + "\n";
    }

    private static String field(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
