package io.xceptionc.cli.console;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;
import static io.xceptionc.cli.console.TextTable.Alignment.RIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        TextTable table = new TextTable(List.of(LEFT, RIGHT, LEFT), List.of("name", "n", "note"))
                .add(List.of("\ud83d\udc08\ud83d\udc08", "1,000", "")).add(List.of("a longer one", "7", "x"));
        assertEquals(List.of(
                "name              n  note",
                "\ud83d\udc08\ud83d\udc08            1,000",
                "a longer one      7  x"), table.lines());
    }

    @Test
    void rowsHaveACellForEachColumn() {
        TextTable table = new TextTable(List.of(LEFT, LEFT), List.of("a", "b"));
        assertThrows(IllegalArgumentException.class, () -> table.add(List.of("1")));
    }
}
