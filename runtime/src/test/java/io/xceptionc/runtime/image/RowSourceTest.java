package io.xceptionc.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSourceTest {
    private static final int WIDTH = 5;

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_ARGB_PRE,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_4BYTE_ABGR_PRE,
                BufferedImage.TYPE_USHORT_565_RGB,
                BufferedImage.TYPE_USHORT_555_RGB,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_BYTE_INDEXED
            })
    void opaqueColoursAreThoseOfGetRgb(int type) {
        BufferedImage picture = new BufferedImage(WIDTH, 3, type);
        Random random = new Random(type);
        for (int i = 0; i < 3 * WIDTH; i++) {
            picture.setRGB(i % WIDTH, i / WIDTH, random.nextInt() | 0xFF000000);
        }
        for (int y = 0; y < 3; y++) {
            int[] expected = new int[3 * WIDTH];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = picture.getRGB(i / 3, y) >> (16 - 8 * (i % 3)) & 0xFF;
            }
            assertArrayEquals(expected, row(picture, y));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_4BYTE_ABGR})
    void alphaIsDroppedAndNotBlended(int type) {
        BufferedImage picture = new BufferedImage(1, 1, type);
        picture.setRGB(0, 0, 0x01C80A64);
        assertArrayEquals(new int[] {200, 10, 100}, row(picture, 0));
        picture.setRGB(0, 0, 0x00C80A64);
        assertArrayEquals(new int[] {200, 10, 100}, row(picture, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_ARGB_PRE, BufferedImage.TYPE_4BYTE_ABGR_PRE})
    void premultipliedColoursAreDividedByAlpha(int type) {
        BufferedImage picture = new BufferedImage(4, 1, type);
        int[] samples = {100, 5, 50, 128, 128, 0, 127, 128, 0, 0, 0, 0, 90, 7, 255, 7};
        picture.getRaster().setPixels(0, 0, 4, 1, samples);
        assertArrayEquals(new int[] {199, 10, 100, 255, 0, 253, 0, 0, 0, 255, 255, 255}, row(picture, 0));
    }

    @Test
    void greyIsTakenAsStored() {
        BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 100, 255});
        assertArrayEquals(new int[] {0, 0, 0, 100, 100, 100, 255, 255, 255}, row(picture, 0));
    }

    @Test
    void upperByteOf16BitGreyCounts() {
        BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        picture.getRaster().setPixels(0, 0, 3, 1, new int[] {0x00FF, 0x64FF, 0xFF00});
        assertArrayEquals(new int[] {0, 0, 0, 100, 100, 100, 255, 255, 255}, row(picture, 0));
    }

    @Test
    void upperBytesOf16BitColoursCount() {
        BufferedImage picture = componentPicture(ColorSpace.CS_sRGB, false, false, DataBuffer.TYPE_USHORT);
        picture.getRaster().setPixels(0, 0, 1, 1, new int[] {0x12FF, 0x8000, 0xFFFE});
        assertArrayEquals(new int[] {0x12, 0x80, 0xFF}, row(picture, 0));
    }

    @Test
    void premultiplied16BitColoursAreDividedByAlpha() {
        BufferedImage picture = componentPicture(ColorSpace.CS_sRGB, true, true, DataBuffer.TYPE_USHORT);
        picture.getRaster().setPixels(0, 0, 1, 1, new int[] {0x4000, 0x8000, 0, 0x8000});
        assertArrayEquals(new int[] {0x80, 0xFF, 0}, row(picture, 0));
    }

    @Test
    void alphaOfGreyIsDropped() {
        BufferedImage picture = componentPicture(ColorSpace.CS_GRAY, true, false, DataBuffer.TYPE_BYTE);
        picture.getRaster().setPixels(0, 0, 1, 1, new int[] {77, 3});
        assertArrayEquals(new int[] {77, 77, 77}, row(picture, 0));
    }

    @Test
    void colourProfilesAreNotApplied() {
        BufferedImage picture = componentPicture(ColorSpace.CS_LINEAR_RGB, false, false, DataBuffer.TYPE_BYTE);
        picture.getRaster().setPixels(0, 0, 1, 1, new int[] {10, 100, 200});
        assertArrayEquals(new int[] {10, 100, 200}, row(picture, 0));
    }

    @Test
    void otherStorageIsConvertedByTheColourModel() {
        BufferedImage picture = componentPicture(ColorSpace.CS_sRGB, false, false, DataBuffer.TYPE_FLOAT);
        picture.getRaster().setPixels(0, 0, 1, 1, new float[] {0, 0.2f, 1});
        assertArrayEquals(new int[] {0, 51, 255}, row(picture, 0));
    }

    @Test
    void translucentPaletteKeepsItsColours() {
        byte[] levels = {10, 20, 30};
        IndexColorModel palette = new IndexColorModel(8, 3, levels, levels, levels, new byte[] {0, 1, -1});
        BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
        picture.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 1, 2});
        assertArrayEquals(new int[] {10, 10, 10, 20, 20, 20, 30, 30, 30}, row(picture, 0));
    }

    @Test
    void indexOutsideThePaletteIsBlack() {
        byte[] levels = {10, 20};
        IndexColorModel palette = new IndexColorModel(8, 2, levels, levels, levels);
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
        picture.getRaster().setPixels(0, 0, 2, 1, new int[] {1, 200});
        assertArrayEquals(new int[] {20, 20, 20, 0, 0, 0}, row(picture, 0));
    }

    @Test
    void partOfAPictureIsReadFromItsOwnCorner() {
        BufferedImage whole = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
        whole.setRGB(2, 3, 0x010203);
        assertArrayEquals(new int[] {1, 2, 3, 0, 0, 0}, row(whole.getSubimage(2, 2, 2, 2), 1));
    }

    @Test
    void greyIsTheLuma() {
        BufferedImage picture = new BufferedImage(5, 1, BufferedImage.TYPE_INT_RGB);
        int[] colours = {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF, 0x646464};
        picture.setRGB(0, 0, 5, 1, colours, 0, 5);
        RowSource rows = RowSource.of(picture, Channels.GREY);
        byte[] levels = new byte[5];
        rows.read(0, levels);
        assertEquals(1, rows.channels());
        assertArrayEquals(new byte[] {76, (byte) 150, 29, (byte) 255, 100}, levels);
    }

    private static BufferedImage componentPicture(
            int colourSpace, boolean hasAlpha, boolean premultiplied, int transferType) {
        int transparency = hasAlpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE;
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(colourSpace), hasAlpha, premultiplied, transparency, transferType);
        return new BufferedImage(model, model.createCompatibleWritableRaster(1, 1), premultiplied, null);
    }

    private static int[] row(BufferedImage picture, int rowIndex) {
        RowSource rows = RowSource.of(picture, Channels.RGB);
        byte[] levels = new byte[rows.width() * rows.channels()];
        rows.read(rowIndex, levels);
        int[] row = new int[levels.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = Byte.toUnsignedInt(levels[i]);
        }
        return row;
    }
}
