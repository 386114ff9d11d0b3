package io.xceptionc.runtime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingTest {
    private static final ChannelScaling PLAIN = new ChannelScaling(1, 0);

    @Test
    void valueCountIsThatOfTheInput() {
        assertEquals(2 * 5 * 3, preprocessing(2, 5, Channels.BGR, 3).valueCount());
        assertEquals(2 * 5, preprocessing(2, 5, Channels.GREY, 1).valueCount());
        assertEquals(8192 * 8192 * 3, preprocessing(8192, 8192, Channels.RGB, 3).valueCount());
    }

    @Test
    void scalingIsCopied() {
        List<ChannelScaling> scaling = new ArrayList<>(List.of(PLAIN));
        Preprocessing preprocessing =
                new Preprocessing(1, 1, Channels.GREY, new Resize.Exact(), Interpolation.NEAREST, scaling);
        scaling.clear();
        assertEquals(List.of(PLAIN), preprocessing.scaling());
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 8193, Integer.MAX_VALUE})
    void sidesAreLimited(int pixels) {
        assertMessage("height must be from 1 to 8192, is " + pixels, () -> preprocessing(pixels, 5, Channels.RGB, 3));
        assertMessage("width must be from 1 to 8192, is " + pixels, () -> preprocessing(5, pixels, Channels.RGB, 3));
        assertMessage("the shorter side must be from 1 to 8192, is " + pixels, () -> new Resize.ShorterSide(pixels));
    }

    @Test
    void everyChannelNeedsAScaling() {
        assertMessage(
                "RGB needs 3 scalings, one for each channel, not 1", () -> preprocessing(5, 5, Channels.RGB, 1));
        assertMessage(
                "GREY needs 1 scalings, one for each channel, not 3", () -> preprocessing(5, 5, Channels.GREY, 3));
    }

    private static Preprocessing preprocessing(int height, int width, Channels channels, int scalingCount) {
        return new Preprocessing(
                height,
                width,
                channels,
                new Resize.Exact(),
                Interpolation.BILINEAR,
                Collections.nCopies(scalingCount, PLAIN));
    }

    private static void assertMessage(String expected, Runnable action) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
