package io.xceptionc.compiler.format.zip;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.nio.ByteBuffer;

/**
 * How long a member is and where it begins, as a header gives it.
 *
 * @param byteCount how many bytes it has
 * @param storedByteCount how many it takes in the archive
 * @param headerOffset where it begins in the archive; 0 in a member's own header, which does not say it
 */
record ZipSizes(long byteCount, long storedByteCount, long headerOffset) {

    private static final long DOES_NOT_FIT = 0xffff_ffffL;
    private static final int ZIP64 = 1;
    private static final int EXTRA_FIXED_BYTES = 4;

    /** Of a header's 32-bit fields. */
    static ZipSizes of(int byteCount, int storedByteCount, int headerOffset) {
        return new ZipSizes(ZipEnd.unsigned(byteCount), ZipEnd.unsigned(storedByteCount),
                ZipEnd.unsigned(headerOffset));
    }

    /**
     * With the 64-bit numbers of the zip64 field for those that do not fit into 32 bits.
     *
     * @param extra the header's extra fields
     */
    ZipSizes widened(MappedFile file, String name, ByteBuffer extra) throws InvalidInputException {
        ZipSizes widened = this;
        boolean found = false;
        while (extra.remaining() >= EXTRA_FIXED_BYTES) {
            int id = ZipEnd.unsigned(extra.getShort());
            int length = ZipEnd.unsigned(extra.getShort());
            if (length > extra.remaining()) {
                throw ZipArchive.damaged(file, name, "has an extra field that is longer than its header");
            }
            if (id == ZIP64) {
                if (found) {
                    throw ZipArchive.damaged(file, name, "has its zip64 sizes twice");
                }
                found = true;
                widened = widened(file, name, extra, extra.position() + length);
            } else {
                extra.position(extra.position() + length);
            }
        }
        return widened;
    }

    private ZipSizes widened(MappedFile file, String name, ByteBuffer extra, int end) throws InvalidInputException {
        long[] numbers = {byteCount, storedByteCount, headerOffset};
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == DOES_NOT_FIT) {
                if (end - extra.position() < Long.BYTES) {
                    throw ZipArchive.damaged(file, name, "lacks the zip64 sizes that it says it has");
                }
                numbers[i] = extra.getLong();
            }
            if (numbers[i] < 0) {
                throw ZipArchive.damaged(file, name,
                        "has the zip64 size " + Long.toUnsignedString(numbers[i]) + ", more than there can be");
            }
        }
        extra.position(end);
        return new ZipSizes(numbers[0], numbers[1], numbers[2]);
    }
}
