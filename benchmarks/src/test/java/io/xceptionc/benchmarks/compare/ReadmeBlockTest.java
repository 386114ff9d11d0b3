package io.xceptionc.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeBlockTest {

    private static final String EMPTY = "before\n" + ReadmeBlock.BEGIN + "\n" + ReadmeBlock.END + "\nafter\n";
    private static final String FILLED =
            "before\n" + ReadmeBlock.BEGIN + "\nnew\n" + ReadmeBlock.END + "\nafter\n";

    @Test
    void replacesWhatIsBetweenTheLines() {
        assertEquals(FILLED, ReadmeBlock.replace(EMPTY, "\nnew\n\n"));
        assertEquals(FILLED, ReadmeBlock.replace(ReadmeBlock.replace(EMPTY, "old\nlines"), "new"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "none",
        ReadmeBlock.BEGIN,
        ReadmeBlock.END + ReadmeBlock.BEGIN,
        ReadmeBlock.BEGIN + ReadmeBlock.END + ReadmeBlock.END})
    void touchesNothingUnlessBothLinesAreThereOnce(String text) {
        assertThrows(IllegalArgumentException.class, () -> ReadmeBlock.replace(text, "new"));
    }
}
