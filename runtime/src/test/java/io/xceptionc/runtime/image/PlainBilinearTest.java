package io.xceptionc.runtime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bilinear resizing without smoothing is that of OpenCV and of TensorFlow, to one level of 255. */
class PlainBilinearTest {

    /** Tool, size before, size after, levels; {@code plain_bilinear_goldens.py} writes them. */
    static List<String> goldens() throws IOException {
        try (InputStream stream = PlainBilinearTest.class.getResourceAsStream("plain-bilinear.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void isThatOfTheTool(String golden) {
        String[] fields = golden.split(" ", -1);
        byte[] expected = HexFormat.of().parseHex(fields[3]);
        float[] actual = resized(sides(fields[1]), sides(fields[2]), new Resize.Exact(), Interpolation.PLAIN_BILINEAR);
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            int place = i;
            float difference = Math.abs(Byte.toUnsignedInt(expected[i]) - actual[i]);
            assertTrue(difference <= 1, () -> "value " + place + " differs by " + difference);
        }
    }

    @Test
    void bothToolsAreThere() throws IOException {
        assertEquals(List.of("opencv", "tensorflow"),
                goldens().stream().map(line -> line.substring(0, line.indexOf(' '))).distinct().toList());
    }

    /** Where a picture shrinks, the smooth one differs by far: else the other tests would say nothing. */
    @Test
    void isNotTheSmoothOne() {
        int[] before = {64, 48};
        int[] after = {7, 5};
        float[] plain = resized(before, after, new Resize.Exact(), Interpolation.PLAIN_BILINEAR);
        float[] smooth = resized(before, after, new Resize.Exact(), Interpolation.BILINEAR);
        float greatest = 0;
        for (int i = 0; i < plain.length; i++) {
            greatest = Math.max(greatest, Math.abs(plain[i] - smooth[i]));
        }
        assertTrue(greatest > 50, "a greatest difference of " + greatest);
    }

    static int[] sides(String text) {
        return Arrays.stream(text.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    }

    static float[] resized(int[] before, int[] after, Resize resize, Interpolation interpolation) {
        return ImageTensor.toArray(noise(before[0], before[1]),
                TestPictures.unscaled(after[0], after[1], Channels.RGB, resize, interpolation));
    }

    private static BufferedImage noise(int height, int width) {
        byte[] rgb = new byte[height * width * 3];
        for (int i = 0; i < rgb.length; i++) {
            int mixed = (i + 1) * 0x9E3779B1;
            rgb[i] = (byte) (((mixed ^ (mixed >>> 15)) * 0x85EBCA77) >>> 24);
        }
        return TestPictures.ofLevels(height, width, rgb);
    }
}
