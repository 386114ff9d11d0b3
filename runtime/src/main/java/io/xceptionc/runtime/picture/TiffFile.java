package io.xceptionc.runtime.picture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.util.Set;

/**
 * The first directory of a TIFF or BigTIFF file, cut to what makes its levels: further directories, profiles and notes
 * are not shown. Source: TIFF 6.0, 2 and 8; the BigTIFF design.
 */
final class TiffFile {

    private static final int MOST_ENTRIES = 4096;
    private static final int BIG_MAGIC = 43;
    private static final Set<Integer> SHOWN_TAGS = Set.of(254, 255, 256, 257, 258, 259, 262, 266, 273, 277, 278, 279,
            280, 281, 284, 290, 291, 292, 293, 301, 317, 320, 322, 323, 324, 325, 332, 333, 336, 338, 339, 340, 341,
            347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532);

    private final ByteSource file;
    private final PictureStream stream;
    private final boolean big;

    private TiffFile(ByteSource file, PictureStream stream, boolean big) {
        this.file = file;
        this.stream = stream;
        this.big = big;
    }

    /**
     * Shows the first directory.
     *
     * @throws PictureException if it stores levels that are not read, or costs more than pictures do
     */
    static ShownBytes of(ByteSource file, PictureStream stream) throws IOException {
        stream.seek(0);
        stream.setByteOrder(stream.readUnsignedByte() == 'I' ? LITTLE_ENDIAN : BIG_ENDIAN);
        stream.skipBytes(1L);
        return new TiffFile(file, stream, stream.readUnsignedShort() == BIG_MAGIC).show();
    }

    private ShownBytes show() throws IOException {
        if (big) {
            stream.skipBytes(4L);
        }
        long directoryStart = readOffset();
        int countBytes = big ? 8 : 2;
        int entryBytes = big ? 20 : 12;
        stream.seek(directoryStart);
        long count = big ? stream.readLong() : stream.readUnsignedShort();
        if (count < 1 || count > MOST_ENTRIES) {
            throw PictureException.damaged("its directory has " + PictureLimits.count(count) + " entries");
        }
        TiffDirectory directory = new TiffDirectory(stream, big, file);
        SplicedBytes entries = new SplicedBytes();
        int shown = 0;
        for (int i = 0; i < count; i++) {
            long start = directoryStart + countBytes + (long) i * entryBytes;
            stream.seek(start);
            if (SHOWN_TAGS.contains(directory.add())) {
                entries.add(file.range(start, entryBytes));
                shown++;
            }
        }
        directory.requireHonest();
        SplicedBytes whole = new SplicedBytes().add(file.range(0, directoryStart)).add(countOf(shown, countBytes));
        whole.add(entries).add(ByteSource.of(new byte[big ? 8 : 4]));
        return ShownBytes.plain(whole.add(file.range(whole.length(), file.length() - whole.length())));
    }

    private long readOffset() throws IOException {
        return big ? stream.readLong() : stream.readUnsignedInt();
    }

    private ByteSource countOf(int shown, int countBytes) {
        byte[] bytes = new byte[countBytes];
        for (int i = 0; i < 2; i++) {
            bytes[stream.getByteOrder() == LITTLE_ENDIAN ? i : countBytes - 1 - i] = (byte) (shown >> (8 * i));
        }
        return ByteSource.of(bytes);
    }
}
