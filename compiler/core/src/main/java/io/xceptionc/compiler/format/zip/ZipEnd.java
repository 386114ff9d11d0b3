package io.xceptionc.compiler.format.zip;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The records at the end of a zip archive, which tell where its directory is: that of all archives, and that of zip64
 * before it.
 *
 * @param entryCount how many entries the directory has
 * @param directoryOffset where it begins
 * @param directoryByteCount how long it is
 * @param byteOffset where the first of these records begins, and so the directory must end
 */
record ZipEnd(long entryCount, long directoryOffset, long directoryByteCount, long byteOffset) {

    private static final int SIGNATURE = 0x06054b50;
    private static final int BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;

    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;

    private static final int ZIP64_SIGNATURE = 0x06064b50;
    private static final int ZIP64_BYTES = 56;
    /** The first 12 bytes of the record are not counted in the length that it gives. */
    private static final int ZIP64_UNCOUNTED_BYTES = 12;

    /** Finds the records from the end of the file. */
    static ZipEnd find(MappedFile file) throws InvalidInputException {
        int length = (int) Math.min(file.byteSize(), BYTES + LONGEST_COMMENT);
        ByteBuffer tail = littleEndian(file.bytes(file.byteSize() - length, length));
        for (int start = length - BYTES; start >= 0; start--) {
            if (tail.getInt(start) == SIGNATURE && unsigned(tail.getShort(start + 20)) == length - BYTES - start) {
                return read(file, tail.slice(start, BYTES).order(ByteOrder.LITTLE_ENDIAN),
                        file.byteSize() - length + start);
            }
        }
        throw damaged(file, "is cut off: it has no directory at its end, as zip archives have");
    }

    private static ZipEnd read(MappedFile file, ByteBuffer record, long recordOffset) throws InvalidInputException {
        int disk = record.getShort(4) | record.getShort(6);
        int countOnDisk = unsigned(record.getShort(8));
        ZipEnd end = new ZipEnd(unsigned(record.getShort(10)), unsigned(record.getInt(16)),
                unsigned(record.getInt(12)), recordOffset);
        long locatorOffset = recordOffset - LOCATOR_BYTES;
        if (locatorOffset >= 0) {
            ByteBuffer locator = littleEndian(file.bytes(locatorOffset, LOCATOR_BYTES));
            if (locator.getInt(0) == LOCATOR_SIGNATURE) {
                return readZip64(file, locator, locatorOffset).requireAgreement(file, end);
            }
        }
        if (disk != 0 || countOnDisk != end.entryCount) {
            throw severalParts(file);
        }
        return end;
    }

    private static ZipEnd readZip64(MappedFile file, ByteBuffer locator, long locatorOffset)
            throws InvalidInputException {
        long recordOffset = locator.getLong(8);
        if (recordOffset < 0 || recordOffset > locatorOffset - ZIP64_BYTES) {
            throw damaged(file, "says that its zip64 record is at byte " + Long.toUnsignedString(recordOffset)
                    + ", where it cannot be");
        }
        ByteBuffer record = littleEndian(file.bytes(recordOffset, ZIP64_BYTES));
        if (record.getInt(0) != ZIP64_SIGNATURE
                || record.getLong(4) != locatorOffset - recordOffset - ZIP64_UNCOUNTED_BYTES) {
            throw damaged(file, "has no zip64 record at byte " + recordOffset + ", where it says that it is");
        }
        if (locator.getInt(4) != 0 || record.getInt(16) != 0 || record.getInt(20) != 0
                || record.getLong(24) != record.getLong(32)) {
            throw severalParts(file);
        }
        return new ZipEnd(record.getLong(32), record.getLong(48), record.getLong(40), recordOffset);
    }

    /** The older record has the same numbers, or all bits set where they do not fit. */
    private ZipEnd requireAgreement(MappedFile file, ZipEnd older) throws InvalidInputException {
        if (!agrees(older.entryCount, entryCount, 0xffff)
                || !agrees(older.directoryOffset, directoryOffset, 0xffff_ffffL)
                || !agrees(older.directoryByteCount, directoryByteCount, 0xffff_ffffL)) {
            throw damaged(file, "has two records at its end that disagree on where its directory is");
        }
        return this;
    }

    private static boolean agrees(long older, long newer, long doesNotFit) {
        return older == newer || older == doesNotFit;
    }

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int unsigned(short number) {
        return Short.toUnsignedInt(number);
    }

    static long unsigned(int number) {
        return Integer.toUnsignedLong(number);
    }

    private static InvalidInputException severalParts(MappedFile file) {
        return file.damaged("is one of several parts of a zip archive", "put the parts together to one archive");
    }

    private static InvalidInputException damaged(MappedFile file, String message) {
        return file.damaged(message, ZipArchive.HELP);
    }
}
