package io.xceptionc.cli.predict;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.file.InputException;
import io.xceptionc.runtime.picture.PictureOrientation;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
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
        return Pictures.read(Files.write(folder.resolve("picture"), bytes), PictureOrientation.UPRIGHT);
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
        assertEquals(Color.RED, colour, "Pillow's convert(\"RGB\"): no black, no cyan, all magenta and yellow");
    }

    @Test
    void tellsWhatIsNoPicture() {
        assertEquals("is no picture of a known format, such as JPEG, PNG, GIF, BMP, TIFF or WebP",
                problem("not at all".getBytes(US_ASCII)));
        assertEquals("does not exist",
                assertThrows(InputException.class,
                        () -> Pictures.read(folder.resolve("none.png"), PictureOrientation.UPRIGHT)).getMessage());
    }

    @Test
    void refusesPicturesThatDeclareTooManyPixels() throws IOException {
        assertEquals("has 3,600,000,000 pixels; at most 200,000,000 are read; make it smaller",
                problem(declaring(60_000, 60_000)));
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
            assertTrue(
                    e.getMessage().matches(
                            "(is (damaged: |no picture|a (TIFF|BMP|JPEG) )|has [0-9,]+( x [0-9,]+)? pixels; ).+"),
                    e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A lossless WebP of 100 x 100 black pixels, with a transform that is there again and again. */
    private static byte[] transformed(int times) {
        BitSet bits = new BitSet();
        int bit = 14 + 14 + 1 + 3;
        for (int i = 0; i < 14; i++) {
            bits.set(i, (99 >> i & 1) == 1);
            bits.set(14 + i, (99 >> i & 1) == 1);
        }
        for (int i = 0; i < times; i++, bit += 3) {
            bits.set(bit); // there is a transform
            bits.set(bit + 2); // it subtracts green
        }
        bit += 3; // none more, no colour cache, no groups
        for (int i = 0; i < 5; i++, bit += 4) {
            bits.set(bit); // one symbol, which is 0
        }
        byte[] data = Arrays.copyOf(bits.toByteArray(), bit / Byte.SIZE + 1);
        ByteBuffer webp = ByteBuffer.allocate(21 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(US_ASCII)).putInt(13 + data.length).put("WEBPVP8L".getBytes(US_ASCII));
        return webp.putInt(1 + data.length).put((byte) 0x2f).put(data).array();
    }

    @Test
    void countsTheTransformsOfAWebp() throws InputException, IOException {
        assertEquals(Color.BLACK, new Color(read(transformed(2)).getRGB(50, 50)));
        assertEquals("is damaged: it transforms its pixels again and again", problem(transformed(1000)));
    }

    /** A fuzzer's find: its colours are made of what follows the end. */
    @Test
    void readsNothingAfterTheEndOfAWebp() {
        assertEquals("is damaged: it ends too early", problem(HexFormat.of().parseHex("""
                5249464618040000574542505650384c0c0400002f43c0040009854d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d\
                4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d5d4d4d4d4d4d4d4d4d4dcd6d4d4d4d4c5e4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d\
                4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d6ddba088305e44ff23ed75fff7424ddb06\
                4cf9e7ecd57b4251dbb60d23050505050505050505050505050505050505050505050505050505050505050505050505\
                050505053bf9ffd88c154ada4882c6c1a28f9f7f7b87fb1fbb17323b11e6093f11e982ef550505060505050505050505\
                05053bf9ff522d6000""")));
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
