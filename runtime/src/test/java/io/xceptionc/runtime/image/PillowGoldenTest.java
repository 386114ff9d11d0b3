package io.xceptionc.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with the files that {@code src/test/scripts/pillow_goldens.py} wrote. */
class PillowGoldenTest {
    private static final List<ChannelScaling> IMAGENET = List.of(
            ChannelScaling.ofMeanAndDeviation(0.485, 0.229),
            ChannelScaling.ofMeanAndDeviation(0.456, 0.224),
            ChannelScaling.ofMeanAndDeviation(0.406, 0.225));

    static Stream<String> levelGoldens() throws IOException {
        return lines("goldens.txt").filter(line -> line.contains(".u8 "));
    }

    static Stream<String> valueGoldens() throws IOException {
        return lines("goldens.txt").filter(line -> line.contains(".f32 "));
    }

    @ParameterizedTest
    @MethodSource("levelGoldens")
    void levelsAreThoseOfPillow(String line) throws IOException {
        String[] fields = line.split(" ", -1);
        BufferedImage picture = picture(fields[1]);
        Preprocessing preprocessing = unscaled(fields[2], fields[3], fields[4], fields[5]);
        byte[] expected = bytes("goldens/" + fields[0]);
        assertArrayEquals(expected, levels(picture, preprocessing));
    }

    @ParameterizedTest
    @MethodSource("valueGoldens")
    void scaledValuesAreThoseOfTorchvision(String line) throws IOException {
        String[] fields = line.split(" ", -1);
        Preprocessing unscaled = unscaled(fields[2], fields[3], fields[4], fields[5]);
        Preprocessing preprocessing = new Preprocessing(
                unscaled.height(),
                unscaled.width(),
                unscaled.channels(),
                unscaled.resize(),
                unscaled.interpolation(),
                IMAGENET);
        float[] expected = new float[preprocessing.valueCount()];
        ByteBuffer.wrap(bytes("goldens/" + fields[0])).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(expected);
        assertArrayEquals(expected, ImageTensor.toArray(picture(fields[1]), preprocessing), 1e-6f);
    }

    @Test
    void checksumsOfManySizesAreThoseOfPillow() throws IOException {
        List<String> wrong = lines("sweep.txt").filter(line -> !line.equals(withActualChecksum(line))).toList();
        assertEquals(List.of(), wrong);
    }

    private static String withActualChecksum(String line) {
        String[] fields = line.split(" ", -1);
        String[] sides = fields[2].split("x", -1);
        BufferedImage picture = noise(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        CRC32 checksum = new CRC32();
        checksum.update(levels(picture, unscaled(fields[0], fields[1], fields[3], fields[4])));
        fields[5] = "%08x".formatted(checksum.getValue());
        return String.join(" ", fields);
    }

    /** The picture that the script's function of this name makes. */
    private static BufferedImage noise(int height, int width) {
        byte[] rgb = new byte[height * width * 3];
        for (int i = 0; i < rgb.length; i++) {
            int mixed = (i + 1) * 0x9E3779B1;
            rgb[i] = (byte) (((mixed ^ (mixed >>> 15)) * 0x85EBCA77) >>> 24);
        }
        return TestPictures.ofLevels(height, width, rgb);
    }

    private static Preprocessing unscaled(String channels, String interpolation, String resize, String size) {
        String[] sides = size.split("x", -1);
        return TestPictures.unscaled(
                Integer.parseInt(sides[0]),
                Integer.parseInt(sides[1]),
                Channels.valueOf(channels),
                resize.equals("exact") ? new Resize.Exact() : new Resize.ShorterSide(Integer.parseInt(resize)),
                Interpolation.valueOf(interpolation));
    }

    private static byte[] levels(BufferedImage picture, Preprocessing preprocessing) {
        float[] values = ImageTensor.toArray(picture, preprocessing);
        byte[] levels = new byte[values.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (int) values[i];
        }
        return levels;
    }

    private static BufferedImage picture(String name) throws IOException {
        try (InputStream stream = PillowGoldenTest.class.getResourceAsStream("pictures/" + name + ".png")) {
            return ImageIO.read(stream);
        }
    }

    private static Stream<String> lines(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8).lines();
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream stream = PillowGoldenTest.class.getResourceAsStream(name)) {
            return stream.readAllBytes();
        }
    }
}
