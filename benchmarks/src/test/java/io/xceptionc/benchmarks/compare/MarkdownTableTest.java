package io.xceptionc.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {

    @Test
    void linesUpAsPlainText() {
        MarkdownTable table = new MarkdownTable(List.of("figure", "must"));
        table.add(List.of("time", "≤ 1.00")).add(List.of("a longer name", ""));
        assertEquals("""
                | figure        |   must |
                |---------------|-------:|
                | time          | ≤ 1.00 |
                | a longer name |        |
                """, table.text());
    }

    @Test
    void refusesRowsThatDoNotFit() {
        MarkdownTable table = new MarkdownTable(List.of("figure", "must"));
        List<String> row = List.of("time");
        assertThrows(IllegalArgumentException.class, () -> table.add(row));
    }
}
