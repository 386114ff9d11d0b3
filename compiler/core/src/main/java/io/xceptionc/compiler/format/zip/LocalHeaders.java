package io.xceptionc.compiler.format.zip;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.zip.ZipDirectory.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The headers of the members themselves, which must say what the directory says, and where the members' bytes lie. */
final class LocalHeaders {

    private static final int SIGNATURE = 0x04034b50;
    private static final int FIXED_BYTES = 30;
    private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
    private static final int LONGEST_DESCRIPTOR = 24;

    private final MappedFile file;
    private final long end;

    /**
     * Of an archive.
     *
     * @param end where the last member must have ended
     */
    LocalHeaders(MappedFile file, long end) {
        this.file = file;
        this.end = end;
    }

    /** A member, and what it takes of the archive with its header and descriptor. */
    private record Located(ZipMember member, long begin, long end) {}

    /** The members in the order of the directory. */
    List<ZipMember> located(List<Entry> entries) throws InvalidInputException {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(entry -> entry.sizes().headerOffset()));
        Map<Entry, ZipMember> members = new HashMap<>();
        long free = 0;
        String before = "";
        for (Entry entry : sorted) {
            if (entry.sizes().headerOffset() < free) {
                throw damaged(entry, "overlaps the member " + Quotation.of(before));
            }
            Located located = locate(entry);
            members.put(entry, located.member);
            free = located.end;
            before = entry.name();
        }
        return entries.stream().map(members::get).toList();
    }

    private Located locate(Entry entry) throws InvalidInputException {
        long begin = entry.sizes().headerOffset();
        requireInside(entry, begin, FIXED_BYTES);
        ByteBuffer header = ZipEnd.littleEndian(file.bytes(begin, FIXED_BYTES));
        if (header.getInt(0) != SIGNATURE) {
            throw damaged(entry, "has no header at byte " + begin + ", where the directory says that it is");
        }
        int nameBytes = ZipEnd.unsigned(header.getShort(26));
        int extraBytes = ZipEnd.unsigned(header.getShort(28));
        requireInside(entry, begin + FIXED_BYTES, nameBytes + extraBytes);
        byte[] name = file.bytes(begin + FIXED_BYTES, nameBytes);
        byte[] extra = file.bytes(begin + FIXED_BYTES + nameBytes, extraBytes);
        ZipSizes sizes = ZipSizes.of(header.getInt(22), header.getInt(18), 0).widened(file, entry.name(),
                ZipEnd.littleEndian(extra));
        requireSame(entry, "name", new String(name, StandardCharsets.UTF_8).equals(entry.name()));
        requireSame(entry, "flags", ZipEnd.unsigned(header.getShort(6)) == entry.flags());
        requireSame(entry, "method", ZipEnd.unsigned(header.getShort(8)) == entry.method());
        requireSame(entry, "checksum", agrees(entry, header.getInt(14), entry.checksum()));
        requireSame(entry, "length", agrees(entry, sizes.byteCount(), entry.sizes().byteCount())
                && agrees(entry, sizes.storedByteCount(), entry.sizes().storedByteCount()));
        long bytes = begin + FIXED_BYTES + nameBytes + extraBytes;
        requireInside(entry, bytes, entry.sizes().storedByteCount());
        long after = bytes + entry.sizes().storedByteCount();
        return new Located(new ZipMember(entry.name(), entry.method() == ZipDirectory.STORED, bytes,
                entry.sizes().storedByteCount(), entry.sizes().byteCount(), entry.checksum()), begin,
                after + descriptorBytes(entry, after));
    }

    /**
     * A member that was written in one go does not know these numbers at its beginning: a descriptor after it has them.
     */
    private static boolean agrees(Entry entry, long local, long central) {
        return local == central || (local == 0 && hasDescriptor(entry));
    }

    private static boolean hasDescriptor(Entry entry) {
        return (entry.flags() & ZipDirectory.FLAG_DESCRIPTOR) != 0;
    }

    /** The length of the descriptor, which may have a signature or none, and lengths of 32 or 64 bits. */
    private int descriptorBytes(Entry entry, long byteOffset) throws InvalidInputException {
        if (!hasDescriptor(entry)) {
            return 0;
        }
        int available = (int) Math.min(LONGEST_DESCRIPTOR, end - byteOffset);
        ByteBuffer bytes = ZipEnd.littleEndian(file.bytes(byteOffset, available));
        for (int signatureBytes : new int[] {Integer.BYTES, 0}) {
            for (int sizeBytes : new int[] {Long.BYTES, Integer.BYTES}) {
                int length = signatureBytes + Integer.BYTES + 2 * sizeBytes;
                if (length <= available && (signatureBytes == 0 || bytes.getInt(0) == DESCRIPTOR_SIGNATURE)
                        && describes(bytes.position(signatureBytes), sizeBytes, entry)) {
                    return length;
                }
            }
        }
        throw damaged(entry, "is not followed by the checksum and length that the directory has");
    }

    private static boolean describes(ByteBuffer descriptor, int sizeBytes, Entry entry) {
        return descriptor.getInt() == entry.checksum()
                && size(descriptor, sizeBytes) == entry.sizes().storedByteCount()
                && size(descriptor, sizeBytes) == entry.sizes().byteCount();
    }

    private static long size(ByteBuffer descriptor, int sizeBytes) {
        return sizeBytes == Long.BYTES ? descriptor.getLong() : ZipEnd.unsigned(descriptor.getInt());
    }

    private void requireInside(Entry entry, long byteOffset, long byteCount) throws InvalidInputException {
        if (byteOffset > end || byteCount > end - byteOffset) {
            throw damaged(entry, "is cut off: it has " + byteCount + " bytes at byte " + byteOffset
                    + ", but the archive's members end at byte " + end);
        }
    }

    private void requireSame(Entry entry, String what, boolean isSame) throws InvalidInputException {
        if (!isSame) {
            throw damaged(entry, "has another " + what + " in its own header than in the archive's directory");
        }
    }

    private InvalidInputException damaged(Entry entry, String message) {
        return ZipArchive.damaged(file, entry.name(), message);
    }
}
