package io.xceptionc.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ImageTensorTest {
    private static final Preprocessing ONE_PIXEL =
            TestPictures.unscaled(1, 1, Channels.RGB, new Resize.Exact(), Interpolation.NEAREST);

    @Test
    void scalingFollowsTheOrderOfTheChannels() {
        List<ChannelScaling> scaling =
                List.of(new ChannelScaling(1, 1000), new ChannelScaling(2, 0), new ChannelScaling(3, -1000));
        BufferedImage picture = TestPictures.uniform(2, 2, 0x0A141E);
        assertArrayEquals(new float[] {1010, 40, -910}, onePixel(picture, Channels.RGB, scaling));
        assertArrayEquals(new float[] {1030, 40, -970}, onePixel(picture, Channels.BGR, scaling));
    }

    @Test
    void paddingIsBlackBeforeItIsScaled() {
        Preprocessing preprocessing = new Preprocessing(
                1,
                4,
                Channels.GREY,
                new Resize.ShorterSide(1),
                Interpolation.BILINEAR,
                List.of(new ChannelScaling(1, 7)));
        float[] values = ImageTensor.toArray(TestPictures.uniform(1, 1, 0x646464), preprocessing);
        assertArrayEquals(new float[] {7, 107, 7, 7}, values);
    }

    @Test
    void picturesOfTheInputsSizeStayAsTheyAre() {
        byte[] levels = new byte[7 * 5 * 3];
        new Random(1).nextBytes(levels);
        BufferedImage picture = TestPictures.ofLevels(7, 5, levels);
        for (Interpolation interpolation : Interpolation.values()) {
            Preprocessing preprocessing =
                    TestPictures.unscaled(7, 5, Channels.RGB, new Resize.Exact(), interpolation);
            float[] values = ImageTensor.toArray(picture, preprocessing);
            for (int i = 0; i < values.length; i++) {
                assertEquals(Byte.toUnsignedInt(levels[i]), values[i]);
            }
        }
    }

    @Test
    void destinationMayBeLongerAndUnaligned() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment destination = arena.allocate(20, 4).asSlice(1, 17).fill((byte) 9);
            ImageTensor.fill(TestPictures.uniform(3, 3, 0x0A141E), ONE_PIXEL, destination);
            assertArrayEquals(
                    new float[] {10, 20, 30}, destination.asSlice(0, 12).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
            assertArrayEquals(new byte[] {9, 9, 9, 9, 9}, destination.asSlice(12).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @Test
    void destinationMustHaveRoom() {
        assertMessage(
                "the destination has 11 bytes, the input [1, 1, 3] needs 12",
                TestPictures.uniform(1, 1, 0),
                MemorySegment.ofArray(new byte[11]));
    }

    @Test
    void destinationMustBeWritable() {
        assertMessage(
                "the destination is read-only",
                TestPictures.uniform(1, 1, 0),
                MemorySegment.ofArray(new byte[12]).asReadOnly());
    }

    @Test
    void longPicturesAreRejected() {
        assertMessage(
                "the picture has 65536 x 1 pixels, at most 65535 to a side are accepted",
                TestPictures.uniform(1, 65536, 0),
                MemorySegment.ofArray(new byte[12]));
        assertMessage(
                "the picture has 1 x 65536 pixels, at most 65535 to a side are accepted",
                TestPictures.uniform(65536, 1, 0),
                MemorySegment.ofArray(new byte[12]));
    }

    @Test
    void longestPictureIsCroppedWithoutBeingResizedAsAWhole() {
        BufferedImage picture = TestPictures.uniform(1, 65535, 0x0A141E);
        for (Interpolation interpolation : Interpolation.values()) {
            float[] values = ImageTensor.toArray(
                    picture, TestPictures.unscaled(1, 1, Channels.RGB, new Resize.ShorterSide(299), interpolation));
            assertArrayEquals(new float[] {10, 20, 30}, values);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void uniformPicturesStayUniform(
            @ForAll @IntRange(min = 1, max = 40) int pictureHeight,
            @ForAll @IntRange(min = 1, max = 40) int pictureWidth,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll Interpolation interpolation,
            @ForAll @IntRange(min = 0, max = 255) int level) {
        BufferedImage picture = TestPictures.uniform(pictureHeight, pictureWidth, level * 0x10101);
        Preprocessing preprocessing =
                TestPictures.unscaled(height, width, Channels.RGB, new Resize.Exact(), interpolation);
        for (float value : ImageTensor.toArray(picture, preprocessing)) {
            assertEquals(level, value);
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void valuesLieBetweenThoseOfBlackAndWhite(
            @ForAll @IntRange(min = 1, max = 40) int pictureHeight,
            @ForAll @IntRange(min = 1, max = 40) int pictureWidth,
            @ForAll("preprocessings") Preprocessing preprocessing,
            @ForAll long seed) {
        float[] values = ImageTensor.toArray(noise(pictureHeight, pictureWidth, seed), preprocessing);
        assertEquals(preprocessing.valueCount(), values.length);
        for (float value : values) {
            assertTrue(value >= -1 && value <= 1);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void windowIsTheCentreOfTheWholeResizedPicture(
            @ForAll @IntRange(min = 1, max = 40) int side,
            @ForAll @IntRange(min = 1, max = 40) int surplusHeight,
            @ForAll @IntRange(min = 1, max = 40) int surplusWidth,
            @ForAll Interpolation interpolation,
            @ForAll long seed) {
        int resized = Math.max(surplusHeight, surplusWidth) + 5;
        BufferedImage picture = noise(side, side, seed);
        float[] whole = ImageTensor.toArray(
                picture, TestPictures.unscaled(resized, resized, Channels.GREY, new Resize.Exact(), interpolation));
        int height = resized - surplusHeight;
        int width = resized - surplusWidth;
        float[] window = ImageTensor.toArray(
                picture,
                TestPictures.unscaled(height, width, Channels.GREY, new Resize.ShorterSide(resized), interpolation));
        int top = (int) Math.rint(surplusHeight / 2.0);
        int left = (int) Math.rint(surplusWidth / 2.0);
        for (int i = 0; i < window.length; i++) {
            assertEquals(whole[(top + i / width) * resized + left + i % width], window[i]);
        }
    }

    @Provide
    Arbitrary<Preprocessing> preprocessings() {
        Arbitrary<Integer> sides = Arbitraries.integers().between(1, 40);
        Arbitrary<Resize> resizes = Arbitraries.oneOf(
                Arbitraries.just(new Resize.Exact()), sides.map(pixels -> (Resize) new Resize.ShorterSide(pixels)));
        return Combinators.combine(
                sides, sides, Arbitraries.of(Channels.class), resizes, Arbitraries.of(Interpolation.class))
                .as(ImageTensorTest::betweenMinusOneAndOne);
    }

    private static Preprocessing betweenMinusOneAndOne(
            int height, int width, Channels channels, Resize resize, Interpolation interpolation) {
        List<ChannelScaling> scaling =
                Collections.nCopies(channels.count(), ChannelScaling.ofMeanAndDeviation(0.5, 0.5));
        return new Preprocessing(height, width, channels, resize, interpolation, scaling);
    }

    private static float[] onePixel(BufferedImage picture, Channels channels, List<ChannelScaling> scaling) {
        return ImageTensor.toArray(
                picture,
                new Preprocessing(1, 1, channels, new Resize.Exact(), Interpolation.BICUBIC, scaling));
    }

    private static BufferedImage noise(int height, int width, long seed) {
        byte[] levels = new byte[height * width * 3];
        new Random(seed).nextBytes(levels);
        return TestPictures.ofLevels(height, width, levels);
    }

    private static void assertMessage(String expected, BufferedImage picture, MemorySegment destination) {
        IllegalArgumentException exception = assertThrows(
                IllegalArgumentException.class, () -> ImageTensor.fill(picture, ONE_PIXEL, destination));
        assertEquals(expected, exception.getMessage());
    }
}
