package io.xceptionc.runtime.picture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;

/** The formats whose files are looked into before a decoder sees them, by how they begin. */
@SuppressWarnings("ImmutableEnumChecker") // its lists are copies, its functions have no state
enum PictureFormat {

    /** ITU-T T.81. */
    JPEG(JpegFile::of, "ff d8 ff"),
    /** PNG, also animated. */
    PNG(PngFile::of, "89 50 4e 47 0d 0a 1a 0a"),
    /** GIF87a and GIF89a. */
    GIF(GifFile::of, "47 49 46 38"),
    /** TIFF and BigTIFF of either byte order. */
    TIFF(TiffFile::of, "49 49 2a 00", "4d 4d 00 2a", "49 49 2b 00", "4d 4d 00 2b"),
    /** WebP of all sorts. */
    WEBP(WebpFile::of, "52 49 46 46 .. .. .. .. 57 45 42 50"),
    /** BMP of all versions. */
    BMP(BmpFile::of, "42 4d"),
    /** Icons and cursors. */
    ICO(BmpFile::ofIcons, "00 00 01 00", "00 00 02 00"),
    /** Whatever else there is a reader for. */
    OTHER((file, _) -> ShownBytes.plain(file), "");

    private static final int LONGEST_START = 12;

    private final Preparation preparation;
    private final List<String> starts;

    /** Finds what a decoder is to be shown. */
    private interface Preparation {
        ShownBytes of(ByteSource file, PictureStream stream) throws IOException;
    }

    PictureFormat(Preparation preparation, String... starts) {
        this.preparation = preparation;
        this.starts = List.of(starts);
    }

    /** The format of a file. */
    static PictureFormat of(ByteSource file) throws IOException {
        byte[] start = new byte[LONGEST_START];
        int bytes = 0;
        for (int read = 1; read > 0 && bytes < start.length; bytes += Math.max(0, read)) {
            read = file.read(bytes, start, bytes, start.length - bytes);
        }
        for (PictureFormat format : values()) {
            for (String prefix : format.starts) {
                if (begins(start, bytes, prefix)) {
                    return format;
                }
            }
        }
        return OTHER;
    }

    private static boolean begins(byte[] bytes, int count, String prefix) {
        String[] wanted = prefix.isEmpty() ? new String[0] : prefix.split(" ");
        if (count < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!wanted[i].equals("..") && Integer.parseInt(wanted[i], 16) != Byte.toUnsignedInt(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Shows what makes the levels.
     *
     * @throws PictureException if it is damaged, costs too much, or would give levels that are not its own
     */
    ShownBytes show(ByteSource file, PictureStream stream) throws IOException {
        stream.setByteOrder(ByteOrder.BIG_ENDIAN);
        return preparation.of(file, stream);
    }
}
