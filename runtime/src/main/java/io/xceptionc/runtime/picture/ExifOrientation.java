package io.xceptionc.runtime.picture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;

/**
 * The orientation that a file's EXIF gives its picture, from 1 to 8, 1 being upright; that of a TIFF stands in its own
 * first directory. EXIF that is damaged says nothing.
 *
 * <p>Source: EXIF 2.32, 4.6.4, tag 274, and 4.7.2 on JPEG; PNG Specification, third edition, 11.3.4.6; RFC 9649,
 * 2.7.1.5. What stands in XMP alone is not looked for.
 */
final class ExifOrientation {

    /** As it is stored. */
    static final int NONE = 1;

    private static final int GREATEST = 8;
    private static final int ORIENTATION = 274;
    private static final int SHORT = 3;
    private static final int ENTRY_BYTES = 12;
    private static final int TIFF_MAGIC = 42;
    private static final int APP1 = 0xffe1;
    private static final int SOS = 0xffda;
    private static final int EXIF = 0x45786966;
    private static final int EXIF_NAME_BYTES = 6;
    private static final int PNG_EXIF = 0x65584966;
    private static final int PNG_END = 0x49454e44;
    private static final int WEBP_EXIF = 0x45584946;

    private final ByteSource file;
    private final PictureStream stream;

    private ExifOrientation(ByteSource file, PictureStream stream) {
        this.file = file;
        this.stream = stream;
    }

    /** Finds it in a file of a format; formats without EXIF, and files whose EXIF is damaged, have none. */
    static int of(PictureFormat format, ByteSource file, PictureStream stream) throws PictureException {
        ExifOrientation exif = new ExifOrientation(file, stream);
        try {
            return switch (format) {
                case JPEG -> exif.ofJpeg();
                case PNG -> exif.ofPng();
                case WEBP -> exif.ofWebp();
                case TIFF -> exif.ofDirectory(0, file.length());
                case GIF, BMP, ICO, OTHER -> NONE;
            };
        } catch (PictureException e) {
            throw e;
        } catch (IOException _) {
            return NONE; // it ends too early, which the decoder tells where it matters
        }
    }

    private int ofJpeg() throws IOException {
        stream.setByteOrder(BIG_ENDIAN);
        long position = 2;
        while (position + 4 <= file.length()) {
            stream.seek(position);
            int marker = stream.readUnsignedShort();
            if (marker == 0xffff) { // filled up
                position++;
                continue;
            }
            int length = stream.readUnsignedShort();
            if (marker < 0xff00 || marker == SOS || length < 2) {
                return NONE;
            }
            if (marker == APP1 && length > 2 + EXIF_NAME_BYTES && stream.readInt() == EXIF) {
                return ofDirectory(position + 4 + EXIF_NAME_BYTES, length - 2 - EXIF_NAME_BYTES);
            }
            position += 2 + length;
        }
        return NONE;
    }

    private int ofPng() throws IOException {
        stream.setByteOrder(BIG_ENDIAN);
        long position = 8;
        while (position + 12 <= file.length()) {
            stream.seek(position);
            long bytes = stream.readUnsignedInt();
            int type = stream.readInt();
            if (type == PNG_EXIF) {
                return ofDirectory(position + 8, bytes);
            }
            if (type == PNG_END) {
                return NONE;
            }
            position += 12 + bytes;
        }
        return NONE;
    }

    private int ofWebp() throws IOException {
        long position = 12;
        while (position + 8 <= file.length()) {
            stream.seek(position);
            stream.setByteOrder(BIG_ENDIAN);
            int type = stream.readInt();
            stream.setByteOrder(LITTLE_ENDIAN);
            long bytes = stream.readUnsignedInt();
            if (type == WEBP_EXIF) {
                stream.setByteOrder(BIG_ENDIAN);
                int name = stream.readInt() == EXIF ? EXIF_NAME_BYTES : 0;
                return ofDirectory(position + 8 + name, bytes - name);
            }
            position += 8 + bytes + (bytes & 1);
        }
        return NONE;
    }

    /** In the first directory of a TIFF in a part of the file. */
    private int ofDirectory(long start, long bytes) throws IOException {
        try (PictureStream tiff = stream.of(file.range(start, bytes))) {
            int order = tiff.readUnsignedByte();
            tiff.setByteOrder(order == 'I' ? LITTLE_ENDIAN : BIG_ENDIAN);
            tiff.skipBytes(1L);
            if (tiff.readUnsignedShort() != TIFF_MAGIC) {
                return NONE;
            }
            long directory = tiff.readUnsignedInt();
            tiff.seek(directory);
            int count = tiff.readUnsignedShort();
            for (int i = 0; i < count; i++) {
                tiff.seek(directory + 2 + (long) i * ENTRY_BYTES);
                if (tiff.readUnsignedShort() == ORIENTATION) {
                    return value(tiff);
                }
            }
            return NONE;
        }
    }

    /** Of an entry behind its tag. */
    private static int value(PictureStream entry) throws IOException {
        if (entry.readUnsignedShort() != SHORT || entry.readUnsignedInt() == 0) {
            return NONE;
        }
        int value = entry.readUnsignedShort();
        return value > NONE && value <= GREATEST ? value : NONE;
    }
}
