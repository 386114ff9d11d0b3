package io.xceptionc.runtime.picture;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** Pictures that would cost more than they show; all are refused by counting, whatever the machine's speed. */
class HostilePictureTest {

    private static String problem(byte[] bytes) {
        return assertThrows(PictureException.class, () -> PictureFile.read(bytes)).problem();
    }

    /** A grey JPEG of some scans without a byte of data. */
    private static byte[] jpeg(int width, int height, int scans) {
        ByteBuffer bytes = ByteBuffer.allocate(64 + 10 * scans).putShort((short) 0xffd8);
        bytes.putShort((short) 0xffc2).putShort((short) 11).put((byte) 8).putShort((short) height)
                .putShort((short) width).put(new byte[] {1, 1, 0x11, 0});
        for (int scan = 0; scan < scans; scan++) {
            bytes.putShort((short) 0xffda).putShort((short) 8).put(new byte[] {1, 1, 0, 1, 63, 0});
        }
        bytes.putShort((short) 0xffd9);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Test
    void countsTheScansOfAJpegBeforeTheyAreDecoded() {
        assertEquals(
                "is a JPEG whose first 33 scans go over 1,617,000,000 samples; at most 1,568,000,000 are taken for "
                        + "its size; save it again, with fewer scans",
                problem(jpeg(7000, 7000, 3000)));
        assertEquals("is a JPEG whose first 269 scans go over 269,000,000 samples; at most 268,435,456 are taken for "
                + "its size; save it again, with fewer scans", problem(jpeg(1000, 1000, 3000)));
    }

    @Test
    void holdsNoCoefficientsOfMoreSamplesThanMemoryHas() {
        assertEquals("is a JPEG of several scans, all of whose 4,225,000,000 samples must be held in memory; at most "
                + "300,000,000 are; save it again, without progressive scans", problem(jpeg(65_000, 65_000, 2)));
    }

    @Test
    void refusesJpegsWithoutAFrameOrWithTwo() {
        byte[] scans = jpeg(8, 8, 1);
        byte[] two = Arrays.copyOf(scans, scans.length + 13);
        System.arraycopy(scans, 2, two, 15, scans.length - 2);
        assertEquals("is damaged: it has two frames", problem(two));
        assertEquals("is damaged: it has no frame", problem(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff,
            (byte) 0xd9}));
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(12 + data.length).putInt(data.length);
        bytes.put(type.getBytes(US_ASCII)).put(data);
        CRC32 crc = new CRC32();
        crc.update(bytes.array(), 4, 4 + data.length);
        png.write(bytes.putInt((int) crc.getValue()).array());
    }

    private static byte[] deflated(int zeros) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            byte[] some = new byte[1 << 16];
            for (int written = 0; written < zeros; written += some.length) {
                deflater.write(some, 0, Math.min(some.length, zeros - written));
            }
        }
        return bytes.toByteArray();
    }

    /** A black PNG with a palette, whose text inflates to 100 MB. */
    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(png, "IHDR",
                ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 3, 0, 0, 0}).array());
        byte[] text = deflated(100_000_000);
        chunk(png, "zTXt", ByteBuffer.allocate(3 + text.length).put(new byte[] {'a', 0, 0}).put(text).array());
        chunk(png, "PLTE", new byte[] {1, 2, 3});
        chunk(png, "IDAT", deflated((width + 1) * height));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    @Test
    void inflatesNoTextOfAPng() throws IOException {
        byte[] bomb = png(4, 4);
        ShownBytes shown = PictureFormat.PNG.show(ByteSource.of(bomb),
                new PictureStream(ByteSource.of(bomb), new Deadline(Duration.ofDays(1))));
        assertTrue(bomb.length > 90_000 && shown.bytes().length() < 200, () -> shown.bytes().length() + " bytes");
        assertEquals(0xff010203, PictureFile.read(bomb).getRGB(3, 3));
    }

    @Test
    void refusesSidesLongerThanANetworkTakes() throws IOException {
        assertEquals("has 50,000,000 x 1 pixels; at most 65,535 to a side are read", problem(png(50_000_000, 1)));
    }

    /** A TIFF of one directory, whose tags are numbers of 32 bits. */
    private static byte[] tiff(int... tagsAndValues) {
        ByteBuffer bytes = ByteBuffer.allocate(14 + 6 * tagsAndValues.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) (tagsAndValues.length / 2));
        for (int i = 0; i < tagsAndValues.length; i += 2) {
            bytes.putShort((short) tagsAndValues[i]).putShort((short) 4).putInt(1).putInt(tagsAndValues[i + 1]);
        }
        return bytes.putInt(8).array(); // the next directory is this one again
    }

    @Test
    void refusesTiffOfLevelsThatProgramsTakeDifferently() {
        assertEquals(
                "is a TIFF of float numbers of 32 bits, whose black and white are not known; save it with levels of "
                        + "8 bits",
                problem(tiff(256, 4, 257, 4, 258, 32, 339, 3)));
        assertEquals("is a TIFF of signed numbers of 16 bits, whose black and white are not known; save it with levels "
                + "of 8 bits", problem(tiff(256, 4, 257, 4, 258, 16, 339, 2)));
        assertEquals("is a TIFF of CMYK colours, which are not read; convert it to RGB",
                problem(tiff(256, 4, 257, 4, 258, 8, 262, 5)));
    }

    @Test
    void refusesTiffOfTilesLargerThanItsPicture() {
        assertEquals("is damaged: its tiles of 3,600,000,000 pixels are larger than the picture",
                problem(tiff(256, 4, 257, 4, 258, 8, 322, 60_000, 323, 60_000)));
    }

    @Test
    void showsOneDirectoryOfATiffAndWhatMakesItsLevels() throws IOException {
        byte[] file = tiff(256, 4, 257, 4, 700, 1, 34665, 8);
        ByteSource shown = PictureFormat.TIFF.show(ByteSource.of(file),
                new PictureStream(ByteSource.of(file), new Deadline(Duration.ofDays(1)))).bytes();
        byte[] bytes = new byte[file.length];
        for (int read = 0; read < bytes.length;) {
            read += shown.read(read, bytes, read, bytes.length - read);
        }
        ByteBuffer entries = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(2, entries.getShort(8), "entries");
        assertEquals(0, entries.getInt(34), "next directory");
        assertEquals(file.length, shown.length());
    }

    @Test
    void refusesBmpThatWrapsAnotherFormat() {
        ByteBuffer bmp = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN).put((byte) 'B').put((byte) 'M');
        bmp.putInt(14, 40).putInt(18, 4).putInt(22, 4).putInt(26, 0x180001).putInt(30, 4);
        assertEquals("is a BMP that holds a JPEG, which is not read; save it as that", problem(bmp.array()));
        bmp.putInt(30, 0).putInt(46, 2_000_000_000);
        assertEquals("is damaged: it declares a palette of 2,000,000,000 colours", problem(bmp.array()));
    }

    @Test
    void endsADecoderThatReadsAfterTheEnd() throws IOException {
        try (PictureStream stream = new PictureStream(ByteSource.of(), new Deadline(Duration.ofDays(1)))) {
            for (int i = 0; i < PictureStream.MOST_READS_AT_END; i++) {
                assertEquals(-1, stream.read());
            }
            assertEquals("the file is damaged: it ends too early",
                    assertThrows(PictureException.class, stream::read).getMessage());
            assertThrows(PictureException.class, () -> stream.seek(0), "once it has ended it stays so");
        }
    }

    @Test
    void endsADecoderWhenItsTimeIsOver() {
        AtomicLong clock = new AtomicLong();
        Deadline deadline = new Deadline(Duration.ofMillis(1), () -> clock.getAndAdd(400_000));
        PictureException late = assertThrows(PictureException.class,
                () -> PictureFile.decode(ByteSource.of(jpeg(8, 8, 100)), PictureLimits.USUAL, deadline));
        assertEquals("the file takes longer to decode than 1 ms, which is all that it may take", late.getMessage());
    }

    @Test
    void thinsPicturesThatAreTooLargeToBeHeldWhole() throws IOException {
        BufferedImage picture = PictureFile.read(png(90, 60), new PictureLimits(10_000, 600, Duration.ofDays(1)));
        assertEquals(30, picture.getWidth());
        assertEquals(20, picture.getHeight());
    }

    @Test
    void namesTheFile() {
        assertEquals("none.png does not exist",
                assertThrows(PictureException.class, () -> PictureFile.read(Path.of("none.png"))).getMessage());
    }
}
