package io.xceptionc.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table in Markdown that can be read as plain text too: its first column to the left, the others to the right. */
final class MarkdownTable {

    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(List<String> headings) {
        rows.add(List.copyOf(headings));
    }

    /** Adds a row, a cell for each column. */
    MarkdownTable add(List<String> cells) {
        if (cells.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + rows.getFirst().size() + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The lines of the table, each with its end. */
    String text() {
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> Math.max(3, rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0)))
                .toArray();
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            line(text, rows.get(row), widths);
            if (row == 0) {
                separator(text, widths);
            }
        }
        return text.toString();
    }

    private static void separator(StringBuilder text, int... widths) {
        for (int column = 0; column < widths.length; column++) {
            text.append(column == 0 ? "|" : "").append('-').repeat('-', widths[column])
                    .append(column == 0 ? "-|" : ":|");
        }
        text.append('\n');
    }

    private static void line(StringBuilder text, List<String> cells, int... widths) {
        for (int column = 0; column < widths.length; column++) {
            int padding = widths[column] - width(cells.get(column));
            text.append("| ").repeat(' ', column == 0 ? 0 : padding).append(cells.get(column))
                    .repeat(' ', column == 0 ? padding : 0).append(' ');
        }
        text.append("|\n");
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
