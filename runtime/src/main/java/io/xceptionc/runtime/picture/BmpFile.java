package io.xceptionc.runtime.picture;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;

/** BMP files, and ICO and CUR files, which hold BMP without its file header or PNG. */
final class BmpFile {

    private static final int INFORMATION_START = 14;
    private static final int SHORT_INFORMATION_BYTES = 16;
    private static final int COMPRESSION_OFFSET = 16;
    private static final int COLOURS_OFFSET = 32;
    private static final int BI_JPEG = 4;
    private static final int BI_PNG = 5;
    private static final int MOST_COLOURS = 1 << 16;
    private static final int ENTRY_START = 6;
    private static final int MOST_ICON_SIDE = 256;
    private static final int PNG_START = 0x474e5089;

    private BmpFile() {}

    /**
     * Shows the whole file.
     *
     * @throws PictureException if another format is in it
     */
    static ShownBytes of(ByteSource file, PictureStream stream) throws IOException {
        stream.setByteOrder(LITTLE_ENDIAN);
        requireKnown(stream, INFORMATION_START);
        return ShownBytes.plain(file);
    }

    /** Shows a PNG if that is the first icon, else the whole file. */
    static ShownBytes ofIcons(ByteSource file, PictureStream stream) throws IOException {
        stream.setByteOrder(LITTLE_ENDIAN);
        stream.seek(ENTRY_START + 8);
        long bytes = stream.readUnsignedInt();
        long start = stream.readUnsignedInt();
        stream.seek(start);
        if (stream.readInt() == PNG_START) {
            ByteSource png = file.range(start, bytes);
            return PngFile.of(png, stream.of(png));
        }
        long width = stream.readInt();
        long height = stream.readInt();
        if (width > MOST_ICON_SIDE || Math.abs(height) > 2 * MOST_ICON_SIDE) {
            throw PictureException.damaged("its icon declares " + width + " x " + height + " pixels");
        }
        requireKnown(stream, start);
        return ShownBytes.plain(file);
    }

    private static void requireKnown(PictureStream stream, long informationStart) throws IOException {
        stream.seek(informationStart);
        if (stream.readInt() <= SHORT_INFORMATION_BYTES) {
            return;
        }
        stream.seek(informationStart + COMPRESSION_OFFSET);
        int compression = stream.readInt();
        if (compression == BI_JPEG || compression == BI_PNG) {
            throw new PictureException("is a BMP that holds a " + (compression == BI_JPEG ? "JPEG" : "PNG")
                    + ", which is not read; save it as that");
        }
        stream.seek(informationStart + COLOURS_OFFSET);
        long colours = stream.readUnsignedInt();
        if (colours > MOST_COLOURS) {
            throw PictureException.damaged("it declares a palette of " + PictureLimits.count(colours) + " colours");
        }
    }
}
