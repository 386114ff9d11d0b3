package io.xceptionc.runtime.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Pillow 13.0's {@code exif_transpose} makes of a picture of 3 x 2 whose levels are 1 2 3, 4 5 6. */
class PictureOrientationTest {

    private static final int PNG_HEADER_END = 33;

    private static BufferedImage picture(int type) {
        BufferedImage picture = new BufferedImage(3, 2, type);
        for (int i = 0; i < 6; i++) {
            picture.getRaster().setSample(i % 3, i / 3, 0, i + 1);
        }
        return picture;
    }

    private static byte[] file(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, format, bytes);
        return bytes.toByteArray();
    }

    /** A directory of two entries. */
    private static byte[] exif(int orientation, ByteOrder order) {
        ByteBuffer exif = ByteBuffer.allocate(38).order(order);
        exif.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        exif.putShort((short) 42).putInt(8).putShort((short) 2);
        exif.putShort((short) 271).putShort((short) 2).putInt(4).putInt(0x41424300);
        return exif.putShort((short) 274).putShort((short) 3).putInt(1).putShort((short) orientation).array();
    }

    private static byte[] inserted(byte[] file, int position, byte[] part) {
        return ByteBuffer.allocate(file.length + part.length).put(file, 0, position).put(part)
                .put(file, position, file.length - position).array();
    }

    private static byte[] png(BufferedImage picture, byte[] exif) throws IOException {
        byte[] typed = ByteBuffer.allocate(4 + exif.length).put("eXIf".getBytes(StandardCharsets.US_ASCII)).put(exif)
                .array();
        CRC32 sum = new CRC32();
        sum.update(typed);
        byte[] chunk = ByteBuffer.allocate(12 + exif.length).putInt(exif.length).put(typed).putInt((int) sum.getValue())
                .array();
        return inserted(file(picture, "png"), PNG_HEADER_END, chunk);
    }

    private static byte[] app1(byte[] exif) {
        return ByteBuffer.allocate(10 + exif.length).putShort((short) 0xffe1).putShort((short) (8 + exif.length))
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif).array();
    }

    /** Its size, and the first sample of each pixel. */
    private static String text(BufferedImage picture) {
        StringBuilder text = new StringBuilder(picture.getWidth() + "x" + picture.getHeight());
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                text.append(' ').append(picture.getRaster().getSample(x, y, 0));
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({"1, 3x2 1 2 3 4 5 6", "2, 3x2 3 2 1 6 5 4", "3, 3x2 6 5 4 3 2 1", "4, 3x2 4 5 6 1 2 3",
        "5, 2x3 1 4 2 5 3 6", "6, 2x3 4 1 5 2 6 3", "7, 2x3 6 3 5 2 4 1", "8, 2x3 3 6 2 5 1 4", "0, 3x2 1 2 3 4 5 6",
        "9, 3x2 1 2 3 4 5 6"})
    void aPngIsTurnedAsItsExifSays(int orientation, String expected) throws IOException {
        for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR}) {
            for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                assertEquals(expected, text(PictureFile.read(png(picture(type), exif(orientation, order)))));
            }
        }
    }

    @Test
    void whoWantsItAsItIsStoredGetsThat() throws IOException {
        byte[] file = png(picture(BufferedImage.TYPE_BYTE_GRAY), exif(6, ByteOrder.BIG_ENDIAN));
        assertEquals("3x2 1 2 3 4 5 6",
                text(PictureFile.read(file, PictureLimits.USUAL, PictureOrientation.STORED)));
    }

    /** Of JPEG levels are near: the one of its corners that is bright tells how it lies. */
    @ParameterizedTest
    @CsvSource({"1, 16x8 0 0", "2, 16x8 15 0", "3, 16x8 15 7", "4, 16x8 0 7", "5, 8x16 0 0", "6, 8x16 7 0",
        "7, 8x16 7 15",
        "8, 8x16 0 15"})
    void aJpegIsTurnedAsItsExifSays(int orientation, String expected) throws IOException {
        BufferedImage picture = new BufferedImage(16, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 4; i++) {
            picture.getRaster().setSample(i % 2, i / 2, 0, 255);
        }
        byte[] stored = file(picture, "jpg");
        byte[] other = inserted(stored, 2, new byte[] {(byte) 0xff, (byte) 0xe1, 0, 6, 'h', 't', 't', 'p'});
        BufferedImage turned =
                PictureFile.read(inserted(other, 10, app1(exif(orientation, ByteOrder.LITTLE_ENDIAN))));
        int right = turned.getWidth() - 1;
        int bottom = turned.getHeight() - 1;
        String bright = "";
        for (int[] corner : new int[][] {{0, 0}, {right, 0}, {0, bottom}, {right, bottom}}) {
            bright += turned.getRaster().getSample(corner[0], corner[1], 0) > 128
                    ? " " + corner[0] + " " + corner[1]
                    : "";
        }
        assertEquals(expected, turned.getWidth() + "x" + turned.getHeight() + bright);
    }

    /** A TIFF by hand: 3 x 2, grey, one strip of six bytes at the end. */
    @Test
    void aTiffIsTurnedAsItsDirectorySays() throws IOException {
        ByteBuffer tiff = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) 9);
        int[][] entries =
                {{256, 3}, {257, 2}, {258, 8}, {259, 1}, {262, 1}, {273, 122}, {274, 6}, {277, 1}, {279, 6}};
        for (int[] entry : entries) {
            tiff.putShort((short) entry[0]).putShort((short) 3).putInt(1).putInt(entry[1]);
        }
        tiff.position(122);
        for (int level = 1; level <= 6; level++) {
            tiff.put((byte) level);
        }
        assertEquals("2x3 4 1 5 2 6 3", text(PictureFile.read(tiff.array())));
    }

    private static int ofWebp(byte[] exif) throws IOException {
        ByteBuffer webp = ByteBuffer.allocate(12 + 18 + 12 + 8 + exif.length).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF....WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).put(new byte[10]);
        webp.put("VP8 ".getBytes(StandardCharsets.US_ASCII)).putInt(3).put(new byte[4]);
        webp.put("EXIF".getBytes(StandardCharsets.US_ASCII)).putInt(exif.length).put(exif);
        ByteSource file = ByteSource.of(webp.array());
        try (PictureStream stream = new PictureStream(file, new Deadline(Duration.ofMinutes(5)))) {
            return ExifOrientation.of(PictureFormat.WEBP, file, stream);
        }
    }

    @Test
    void aWebpHasItInAChunk() throws IOException {
        byte[] exif = exif(8, ByteOrder.BIG_ENDIAN);
        assertEquals(8, ofWebp(exif));
        assertEquals(8, ofWebp(inserted("Exif\0\0".getBytes(StandardCharsets.US_ASCII), 6, exif)));
    }

    /** Damage of EXIF says nothing of the picture, wherever it is cut. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 7, 9, 10, 21, 22, 24, 29, 30, 31})
    void exifThatEndsTooEarlySaysNothing(int length) throws IOException {
        byte[] exif = Arrays.copyOf(exif(6, ByteOrder.BIG_ENDIAN), length);
        assertEquals("3x2 1 2 3 4 5 6",
                text(PictureFile.read(png(picture(BufferedImage.TYPE_BYTE_GRAY), exif))));
    }
}
