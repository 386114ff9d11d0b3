package io.xceptionc.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelGroupsTest {

    @ParameterizedTest(name = "{0} filters in {1} groups of {2} channels, block {3}")
    @CsvSource({
        // filters, groups, channels of a group, block: first channel, channel count
        "64, 2, 16, 0, 0, 16", "64, 2, 16, 1, 16, 16", "96, 2, 5, 0, 0, 5", "96, 2, 5, 1, 0, 10", "96, 2, 5, 2, 5, 5",
        "70, 35, 2, 0, 0, 32", "70, 35, 2, 2, 64, 6", "6, 3, 7, 0, 0, 21", "33, 33, 1, 1, 32, 1",
        "65536, 2, 32, 1023, 0, 32", "65536, 2, 32, 1024, 32, 32", "65536, 65536, 1, 2047, 65504, 32"})
    void aBlockSeesTheChannelsOfItsFilters(int filters, int groups, int channels, int block, int first, int count) {
        ChannelGroups blocks = new ChannelGroups(groups, channels, filters);
        assertEquals(first, blocks.firstChannel(block));
        assertEquals(count, blocks.channelCount(block));
    }

    @ParameterizedTest(name = "filter {0} sees channel {1}: {2}")
    @CsvSource({"0, 0, true", "1, 4, true", "1, 5, false", "2, 4, false", "2, 5, true", "5, 14, true", "3, 10, false"})
    void aFilterSeesItsGroup(int filter, int channel, boolean sees) {
        assertEquals(sees, new ChannelGroups(3, 5, 6).sees(filter, channel));
    }
}
