package io.xceptionc.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of text, comma-separated, nothing quoted, column names in the first line. */
final class CsvFile {

    private CsvFile() {}

    /** The rows; each maps the column names to its fields. */
    static List<Map<String, String>> rows(Path file) {
        List<List<String>> lines;
        try {
            lines = Files.readAllLines(file).stream().map(line -> List.of(line.split(",", -1))).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return lines.stream().skip(1).map(line -> row(lines.getFirst(), line)).toList();
    }

    private static Map<String, String> row(List<String> names, List<String> fields) {
        if (fields.size() != names.size()) {
            throw new IllegalStateException(fields + " are not the fields " + names);
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int column = 0; column < names.size(); column++) {
            row.put(names.get(column), fields.get(column));
        }
        return row;
    }
}
