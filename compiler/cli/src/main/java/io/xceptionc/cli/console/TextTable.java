package io.xceptionc.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Text in columns, two spaces between them. */
public final class TextTable {

    /** How a column is laid out. */
    public enum Alignment {
        LEFT, RIGHT
    }

    private final List<Alignment> alignments;
    private final List<List<String>> rows = new ArrayList<>();

    /** With the columns' headings. */
    public TextTable(List<Alignment> alignments, List<String> headings) {
        this.alignments = List.copyOf(alignments);
        add(headings);
    }

    /** Adds a row, a cell for each column. */
    public TextTable add(List<String> cells) {
        if (cells.size() != alignments.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + alignments.size() + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The lines, headings first. */
    public List<String> lines() {
        int[] widths = IntStream.range(0, alignments.size())
                .map(column -> rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0)).toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            int padding = widths[column] - width(cell);
            boolean right = alignments.get(column) == Alignment.RIGHT;
            line.append(column == 0 ? "" : "  ").repeat(' ', right ? padding : 0).append(cell)
                    .repeat(' ', right ? 0 : padding);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
