package io.xceptionc.runtime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
    @Test
    void exactTakesTheWholePicture() {
        assertEquals(
                new Placement(new AxisPlacement(30, 10, 0, 10, 0), new AxisPlacement(7, 11, 0, 11, 0)),
                placement(30, 7, new Resize.Exact(), 10, 11));
    }

    @Test
    void longerSideIsRoundedDown() {
        assertEquals(
                new Placement(new AxisPlacement(3, 4, 0, 4, 0), new AxisPlacement(5, 6, 1, 4, 0)),
                placement(3, 5, new Resize.ShorterSide(4), 4, 4));
        assertEquals(
                new Placement(new AxisPlacement(5, 6, 1, 4, 0), new AxisPlacement(3, 4, 0, 4, 0)),
                placement(5, 3, new Resize.ShorterSide(4), 4, 4));
    }

    @Test
    void longestPictureAndLargestInputStayWithinAnInt() {
        assertEquals(
                new AxisPlacement(65535, 65535 * 8192, 65535 * 4096 - 4096, 8192, 0),
                placement(1, 65535, new Resize.ShorterSide(8192), 8192, 8192).horizontal());
    }

    /** The expected starts are those of Python's {@code round}, which takes a tie to the even side. */
    @ParameterizedTest
    @CsvSource({"9, 8, 0", "10, 8, 1", "11, 8, 2", "12, 8, 2", "13, 8, 2", "14, 8, 3", "15, 8, 4"})
    void surplusIsCroppedAroundTheCentre(int resizedSize, int targetSize, int windowStart) {
        assertEquals(
                new AxisPlacement(50, resizedSize, windowStart, targetSize, 0),
                AxisPlacement.centred(50, resizedSize, targetSize));
    }

    @ParameterizedTest
    @CsvSource({"8, 8, 0", "7, 8, 0", "6, 8, 1", "5, 8, 1", "1, 8, 3"})
    void shortageIsPaddedAroundTheCentre(int resizedSize, int targetSize, int targetStart) {
        assertEquals(
                new AxisPlacement(50, resizedSize, 0, resizedSize, targetStart),
                AxisPlacement.centred(50, resizedSize, targetSize));
    }

    private static Placement placement(int pictureHeight, int pictureWidth, Resize resize, int height, int width) {
        return Placement.of(
                pictureHeight,
                pictureWidth,
                TestPictures.unscaled(height, width, Channels.GREY, resize, Interpolation.NEAREST));
    }
}
