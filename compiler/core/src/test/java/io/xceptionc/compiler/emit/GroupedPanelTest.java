package io.xceptionc.compiler.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupedPanelTest {

    @ParameterizedTest(name = "{0} columns in {1} groups of {2} channels, panel {3}")
    @CsvSource({
        // columns, groups, channels of a group, panel: first channel, channel count
        "64, 2, 16, 0, 0, 16", "64, 2, 16, 1, 16, 16", "96, 2, 5, 0, 0, 5", "96, 2, 5, 1, 0, 10", "96, 2, 5, 2, 5, 5",
        "70, 35, 2, 0, 0, 32", "70, 35, 2, 2, 64, 6", "6, 3, 7, 0, 0, 21", "33, 33, 1, 1, 32, 1"})
    void seesTheChannelsOfItsColumns(int columns, int groups, int channels, int panel, int firstChannel, int count) {
        GroupedPanel grouped =
                new GroupedPanel(Tensor.declared("kernel", List.of(3, 2, channels, columns)), groups, panel);
        assertEquals(firstChannel, grouped.firstChannel());
        assertEquals(count, grouped.channelCount());
        assertEquals(6 * count, grouped.depth());
    }
}
