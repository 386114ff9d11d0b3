package io.xceptionc.compiler.format.zip;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory of a zip archive: a header for each member.
 *
 * @param byteOffset where it begins in the archive
 * @param entries in its order
 */
record ZipDirectory(long byteOffset, List<Entry> entries) {

    static final int STORED = 0;
    static final int DEFLATED = 8;
    /** The sizes and the checksum follow the member's bytes. */
    static final int FLAG_DESCRIPTOR = 1 << 3;

    /** A member for each of the tensors that a safetensors file may have, and as many again. */
    static final int MOST_ENTRIES = 200_000;

    private static final int MOST_BYTES = 64 << 20;
    private static final int SIGNATURE = 0x02014b50;
    private static final int FIXED_BYTES = 46;
    /** Encrypted, patched, strongly encrypted, with a directory that hides its values. */
    private static final int FLAGS_UNSUPPORTED = 1 | 1 << 5 | 1 << 6 | 1 << 13;

    ZipDirectory {
        entries = List.copyOf(entries);
    }

    /**
     * What the directory says of a member.
     *
     * @param flags of the format, such as {@link #FLAG_DESCRIPTOR}
     * @param method {@link #STORED} or {@link #DEFLATED}
     * @param sizes where the member begins in the archive, with a header of its own, and how long it is
     */
    record Entry(String name, int flags, int method, int checksum, ZipSizes sizes) {}

    /** Reads the directory of an archive. */
    static ZipDirectory find(MappedFile file) throws InvalidInputException {
        ZipEnd end = ZipEnd.find(file);
        long count = end.entryCount();
        long byteCount = end.directoryByteCount();
        if (Long.compareUnsigned(count, MOST_ENTRIES) > 0 || Long.compareUnsigned(byteCount, MOST_BYTES) > 0) {
            throw damaged(file, "declares a directory of " + Long.toUnsignedString(count) + " members and "
                    + Long.toUnsignedString(byteCount) + " bytes, more than the " + MOST_ENTRIES + " and "
                    + MOST_BYTES + " allowed");
        }
        if (byteCount > end.byteOffset() || end.directoryOffset() != end.byteOffset() - byteCount
                || count * FIXED_BYTES > byteCount) {
            throw damaged(file, "declares a directory of " + count + " members at byte "
                    + Long.toUnsignedString(end.directoryOffset()) + " and of " + byteCount
                    + " bytes, but what is there ends at byte " + end.byteOffset());
        }
        ByteBuffer bytes = ZipEnd.littleEndian(file.bytes(end.directoryOffset(), (int) byteCount));
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(file, bytes));
        }
        if (bytes.hasRemaining()) {
            throw damaged(file, "has " + bytes.remaining() + " bytes after its directory's " + count + " members");
        }
        return new ZipDirectory(end.directoryOffset(), entries);
    }

    private static Entry entry(MappedFile file, ByteBuffer bytes) throws InvalidInputException {
        if (bytes.remaining() < FIXED_BYTES || bytes.getInt(bytes.position()) != SIGNATURE) {
            throw damaged(file, "has a directory with no header where one should be");
        }
        ByteBuffer header = next(bytes, FIXED_BYTES);
        int nameBytes = ZipEnd.unsigned(header.getShort(28));
        int extraBytes = ZipEnd.unsigned(header.getShort(30));
        int commentBytes = ZipEnd.unsigned(header.getShort(32));
        if (bytes.remaining() < nameBytes + extraBytes + commentBytes) {
            throw damaged(file, "has a directory that is shorter than its members' names");
        }
        String name = name(file, next(bytes, nameBytes));
        ZipSizes sizes = ZipSizes.of(header.getInt(24), header.getInt(20), header.getInt(42))
                .widened(file, name, next(bytes, extraBytes));
        next(bytes, commentBytes);
        Entry entry = new Entry(name, ZipEnd.unsigned(header.getShort(8)), ZipEnd.unsigned(header.getShort(10)),
                header.getInt(16), sizes);
        requireSupported(file, entry);
        return entry;
    }

    private static void requireSupported(MappedFile file, Entry entry) throws InvalidInputException {
        MemberNames.require(file, entry.name);
        if ((entry.flags & FLAGS_UNSUPPORTED) != 0) {
            throw ZipArchive.damaged(file, entry.name, "is encrypted");
        }
        if (entry.method != STORED && entry.method != DEFLATED) {
            throw ZipArchive.damaged(file, entry.name,
                    "is compressed by the method " + entry.method + "; 0 (stored) and 8 (deflated) are supported");
        }
        if (entry.method == STORED && entry.sizes.byteCount() != entry.sizes.storedByteCount()) {
            throw ZipArchive.damaged(file, entry.name, "is stored, but declares " + entry.sizes.byteCount()
                    + " bytes of which " + entry.sizes.storedByteCount() + " are there");
        }
    }

    private static String name(MappedFile file, ByteBuffer bytes) throws InvalidInputException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notUnicode) {
            throw damaged(file, "has a member whose name is not UTF-8");
        }
    }

    private static ByteBuffer next(ByteBuffer bytes, int byteCount) {
        ByteBuffer next = bytes.slice(bytes.position(), byteCount).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + byteCount);
        return next;
    }

    private static InvalidInputException damaged(MappedFile file, String message) {
        return file.damaged(message, ZipArchive.HELP);
    }
}
