package io.xceptionc.compiler.format.zip;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zip archives that the JDK has written, and means to make them lie. */
public final class HandmadeZip {

    static final int LOCAL_HEADER = 0x04034b50;
    static final int CENTRAL_HEADER = 0x02014b50;
    static final int END = 0x06054b50;

    private final ByteBuffer bytes;

    private HandmadeZip(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An archive of members that lie in it as they are. */
    public static byte[] stored(Map<String, byte[]> members) throws IOException {
        return archive(members, ZipEntry.STORED);
    }

    /** An archive of members that are deflated, each with a descriptor after it. */
    public static byte[] deflated(Map<String, byte[]> members) throws IOException {
        return archive(members, ZipEntry.DEFLATED);
    }

    private static byte[] archive(Map<String, byte[]> members, int method) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(target)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                ZipEntry entry = new ZipEntry(member.getKey());
                entry.setTimeLocal(LocalDateTime.of(2020, 1, 1, 0, 0));
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 checksum = new CRC32();
                    checksum.update(member.getValue());
                    entry.setSize(member.getValue().length);
                    entry.setCrc(checksum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(member.getValue());
            }
        }
        return target.toByteArray();
    }

    /** A copy to be changed. */
    static HandmadeZip copy(byte[] archive) {
        return new HandmadeZip(archive.clone());
    }

    /** Where a record lies: the number of others of the same signature stand before it. */
    int find(int signature, int others) {
        int remaining = others;
        for (int position = 0; position <= bytes.capacity() - Integer.BYTES; position++) {
            if (bytes.getInt(position) == signature && remaining-- == 0) {
                return position;
            }
        }
        throw new IllegalArgumentException("no such record");
    }

    HandmadeZip putShort(int position, int value) {
        bytes.putShort(position, (short) value);
        return this;
    }

    HandmadeZip putInt(int position, long value) {
        bytes.putInt(position, (int) value);
        return this;
    }

    HandmadeZip putText(int position, String text) {
        bytes.put(position, text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    byte[] bytes() {
        return bytes.array().clone();
    }

    /** Where a member's bytes begin. */
    public static long byteOffset(byte[] archive, String member) throws InvalidInputException {
        return open(archive).find(member).orElseThrow().byteOffset();
    }

    /** Opens an archive that is in memory, and so need not be closed. */
    static ZipArchive open(byte[] archive) throws InvalidInputException {
        return ZipArchive.of(mapped(archive));
    }

    /** A file that is in memory, and so need not be closed. */
    @SuppressWarnings("MustBeClosedChecker")
    public static MappedFile mapped(byte[] content) {
        return new MappedFile("w.zip", Arena.ofAuto(), MemorySegment.ofArray(content));
    }
}
