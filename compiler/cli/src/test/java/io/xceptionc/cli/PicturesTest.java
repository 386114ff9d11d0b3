package io.xceptionc.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long SEED = 21;

    @TempDir
    private Path folder;

    private static byte[] encoded(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(picture, format, bytes), format);
        return bytes.toByteArray();
    }

    private static BufferedImage gradient() {
        BufferedImage picture = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 9; x++) {
                picture.setRGB(x, y, new Color(25 * x, 30 * y, 255 - 25 * x).getRGB());
            }
        }
        return picture;
    }

    private BufferedImage read(byte[] bytes) throws InputException, IOException {
        return Pictures.read(Files.write(folder.resolve("picture"), bytes));
    }

    private String problem(byte[] bytes) {
        return assertThrows(InputException.class, () -> read(bytes)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "tiff"})
    void readsLosslessFormats(String format) throws InputException, IOException {
        BufferedImage picture = read(encoded(gradient(), format));
        assertAll(() -> assertEquals(9, picture.getWidth()), () -> assertEquals(7, picture.getHeight()),
                () -> assertEquals(new Color(0, 0, 255), new Color(picture.getRGB(0, 0))));
    }

    @Test
    void readsCmyk() throws InputException, IOException {
        Color colour = new Color(read(CmykJpeg.of(8, 8, new int[] {0, 255, 255, 0})).getRGB(4, 4));
        assertTrue(colour.getRed() > 200 && colour.getGreen() < 80 && colour.getBlue() < 80, colour.toString());
    }

    @Test
    void tellsWhatIsNoPicture() {
        assertEquals("is no picture of a known format, such as JPEG, PNG, GIF, BMP, TIFF or WebP",
                problem("not at all".getBytes(US_ASCII)));
        assertEquals("does not exist",
                assertThrows(InputException.class, () -> Pictures.read(folder.resolve("none.png"))).getMessage());
    }

    @Test
    void refusesPicturesThatDeclareTooManyPixels() throws IOException {
        assertEquals("has 3,600,000,000 pixels; at most 200,000,000 are read", problem(declaring(60_000, 60_000)));
    }

    @Test
    void refusesPicturesThatDeclareMorePixelsThanTheirBytesCanHold() throws IOException {
        byte[] png = declaring(14_000, 14_000);
        assertEquals("is damaged: it declares 196,000,000 pixels, but has only " + png.length + " bytes", problem(png));
    }

    /** A small PNG whose header says that it is of another size. */
    private static byte[] declaring(int width, int height) throws IOException {
        byte[] png = encoded(gradient(), "png");
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        header.putInt(29, (int) crc.getValue());
        return png;
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "gif", "tiff"})
    void everyTruncationIsReadOrRefused(String format) throws IOException {
        byte[] whole = encoded(gradient(), format);
        for (int length = 0; length < whole.length; length += 3) {
            readOrRefuse(Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "gif", "tiff"})
    void everyFlippedBitIsReadOrRefused(String format) throws IOException {
        byte[] whole = encoded(gradient(), format);
        Random random = new Random(SEED);
        for (int round = 0; round < 1500; round++) {
            int bit = random.nextInt((round % 2 == 0 ? Math.min(200, whole.length) : whole.length) * Byte.SIZE);
            byte[] flipped = whole.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertTimeoutPreemptively(LONGEST, () -> readOrRefuse(flipped), () -> "bit " + bit);
        }
    }

    private void readOrRefuse(byte[] bytes) {
        try {
            read(bytes);
        } catch (InputException e) {
            assertTrue(e.getMessage().matches("(is (damaged: |no picture)|has [0-9,]+ pixels; ).+"), e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void findsThePicturesOfAFolder() throws IOException {
        for (String name : List.of("b.PNG", "a.jpeg", "labels.csv", "README", "c.tif")) {
            Files.createFile(folder.resolve(name));
        }
        Files.createDirectory(folder.resolve("d.png"));
        assertEquals(List.of("a.jpeg", "b.PNG", "c.tif"),
                Pictures.in(folder).stream().map(file -> file.getFileName().toString()).toList());
    }
}
