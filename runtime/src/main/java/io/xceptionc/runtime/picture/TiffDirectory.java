package io.xceptionc.runtime.picture;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What a directory of a TIFF file says about its picture. Source: TIFF 6.0, 2, 8 and 15; Technical Note 2 on JPEG. */
final class TiffDirectory {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int SAMPLE_FORMAT = 339;
    private static final int OLD_JPEG_OFFSET = 513;
    private static final int OLD_JPEG_BYTES = 514;
    private static final int OLD_JPEG = 6;
    private static final int JPEG = 7;
    private static final int UNSIGNED = 1;
    private static final int UNDEFINED = 4;
    private static final int MOST_SAMPLES_OF_A_PIXEL = 64;
    private static final long HARMLESS_TILE_PIXELS = 1 << 22;
    private static final int[] BYTES_OF_TYPES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    private static final Map<Integer, String> UNREAD_COLOURS = Map.of(5, "CMYK", 8, "CIE L*a*b*", 9, "ICC L*a*b*", 10,
            "ITU L*a*b*", 32803, "a raw sensor", 32844, "LogL", 32845, "LogLuv", 34892, "a raw sensor");

    private final PictureStream stream;
    private final boolean big;
    private final ByteSource file;
    private final Map<Integer, Values> entries = new HashMap<>();

    /** The numbers of an entry, which are read when they are asked for. */
    private record Values(int type, long count, long start) {}

    TiffDirectory(PictureStream stream, boolean big, ByteSource file) {
        this.stream = stream;
        this.big = big;
        this.file = file;
    }

    /** Takes the entry where the stream is, and returns its tag. */
    int add() throws IOException {
        int tag = stream.readUnsignedShort();
        int type = stream.readUnsignedShort();
        long count = big ? stream.readLong() : stream.readUnsignedInt();
        int typeBytes = type < BYTES_OF_TYPES.length ? BYTES_OF_TYPES[type] : 0;
        if (count < 0 || (typeBytes > 0 && count > file.length() / typeBytes)) {
            throw PictureException.damaged("tag " + tag + " declares " + PictureLimits.count(count)
                    + " values, but the file has " + PictureLimits.count(file.length()) + " bytes");
        }
        long start = stream.getStreamPosition();
        if (count * typeBytes > (big ? 8 : 4)) {
            start = big ? stream.readLong() : stream.readUnsignedInt();
        }
        entries.putIfAbsent(tag, new Values(type, count, start));
        return tag;
    }

    /** Refuses what costs more than its pixels, and levels that have no meaning that all programs share. */
    void requireHonest() throws IOException {
        requireUnsigned();
        int colours = (int) value(PHOTOMETRIC, 0, 1);
        if (UNREAD_COLOURS.containsKey(colours)) {
            throw new PictureException("is a TIFF of " + UNREAD_COLOURS.get(colours)
                    + " colours, which are not read; convert it to RGB");
        }
        long pixels = Math.max(1, value(WIDTH, 0, 0)) * Math.max(1, value(HEIGHT, 0, 0));
        long tilePixels = value(TILE_WIDTH, 0, 0) * value(TILE_HEIGHT, 0, 0);
        if (tilePixels < 0 || (tilePixels > HARMLESS_TILE_PIXELS && tilePixels / 4 > pixels)) {
            throw PictureException.damaged("its tiles of " + PictureLimits.count(tilePixels)
                    + " pixels are larger than the picture");
        }
        long compression = value(COMPRESSION, 0, 1);
        if (compression == JPEG || compression == OLD_JPEG) {
            requireHonestJpeg(pixels * value(SAMPLES, 0, 1));
        }
    }

    private void requireUnsigned() throws IOException {
        long samples = value(SAMPLES, 0, 1);
        if (samples < 1 || samples > MOST_SAMPLES_OF_A_PIXEL) {
            throw PictureException.damaged("its pixels have " + PictureLimits.count(samples) + " samples");
        }
        for (int i = 0; i < samples; i++) {
            long bits = value(BITS, i, 1);
            long format = value(SAMPLE_FORMAT, i, UNSIGNED);
            if (bits > 16 || (format != UNSIGNED && format != UNDEFINED)) {
                String kind = format == 2 ? "signed" : format == UNSIGNED || format == UNDEFINED ? "unsigned" : "float";
                throw new PictureException("is a TIFF of " + kind + " numbers of " + bits
                        + " bits, whose black and white are not known; save it with levels of 8 bits");
            }
        }
    }

    /** Every strip and tile is a JPEG of its own; together they may go over no more samples than one may. */
    private void requireHonestJpeg(long samples) throws IOException {
        long goneOver = 0;
        for (int[] tags : new int[][] {{STRIP_OFFSETS, STRIP_BYTES}, {TILE_OFFSETS, TILE_BYTES}, {OLD_JPEG_OFFSET,
            OLD_JPEG_BYTES}}) {
            long count = entries.containsKey(tags[0]) ? entries.get(tags[0]).count() : 0;
            for (int i = 0; i < count; i++) {
                ByteSource jpeg = file.range(value(tags[0], i, 0), value(tags[1], i, 0));
                if (JpegFile.isOne(jpeg)) {
                    goneOver += JpegFile.samplesGoneOver(jpeg, stream.of(jpeg), samples);
                }
            }
        }
        JpegFile.requireWork(goneOver, samples, "a TIFF whose JPEGs");
    }

    /** One of an entry's values, or the default where there is none. */
    private long value(int tag, int index, long otherwise) throws IOException {
        Values values = entries.get(tag);
        if (values == null || values.count() == 0) {
            return otherwise;
        }
        long i = Math.min(index, values.count() - 1);
        return switch (values.type()) {
            case 1, 7 -> at(values.start() + i).readUnsignedByte();
            case 3 -> at(values.start() + 2 * i).readUnsignedShort();
            case 4, 13 -> at(values.start() + 4 * i).readUnsignedInt();
            case 16, 18 -> at(values.start() + 8 * i).readLong();
            default -> throw PictureException.damaged("tag " + tag + " is of type " + values.type());
        };
    }

    private PictureStream at(long position) throws IOException {
        stream.seek(position);
        return stream;
    }
}
