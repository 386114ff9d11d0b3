package io.xceptionc.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Where in a jar file the bytes of an entry lie that is stored as it is, which {@link java.util.zip.ZipFile} does not
 * tell. Whoever uses them compares them with a digest, so no more is checked here than that they lie in the file.
 *
 * @param byteOffset the first byte in the file
 * @param byteCount how many there are
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format of zip archives</a>
 */
record StoredEntry(long byteOffset, long byteCount) {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int DIRECTORY_SIGNATURE = 0x02014b50;
    private static final int DIRECTORY_BYTES = 46;
    private static final int LARGEST_DIRECTORY = 1 << 26;
    private static final int HEADER_SIGNATURE = 0x04034b50;
    private static final int HEADER_BYTES = 30;
    private static final int STORED = 0;

    /**
     * Finds an entry.
     *
     * @throws IOException if there is none, it is deflated, or the jar is damaged or larger than 4 GiB; the message
     *        says which
     */
    static StoredEntry find(FileChannel jar, String name) throws IOException {
        ByteBuffer directory = directory(jar);
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        while (directory.remaining() >= DIRECTORY_BYTES) {
            int start = directory.position();
            if (directory.getInt(start) != DIRECTORY_SIGNATURE) {
                throw damaged();
            }
            int nameBytes = unsigned(directory.getShort(start + 28));
            int next = start + DIRECTORY_BYTES + nameBytes + unsigned(directory.getShort(start + 30))
                    + unsigned(directory.getShort(start + 32));
            if (next > directory.limit()) {
                throw damaged();
            }
            if (directory.slice(start + DIRECTORY_BYTES, nameBytes).equals(ByteBuffer.wrap(wanted))) {
                return locate(jar, littleEndian(directory.slice(start, DIRECTORY_BYTES)));
            }
            directory.position(next);
        }
        throw new IOException("there is no " + name + " in it");
    }

    private static ByteBuffer directory(FileChannel jar) throws IOException {
        long beginning = Math.max(0, jar.size() - END_BYTES - LONGEST_COMMENT);
        ByteBuffer tail = read(jar, beginning, jar.size() - beginning);
        for (int start = tail.limit() - END_BYTES; start >= 0; start--) {
            if (tail.getInt(start) == END_SIGNATURE
                    && start + END_BYTES + unsigned(tail.getShort(start + 20)) == tail.limit()) {
                long byteCount = unsigned(tail.getInt(start + 12));
                if (byteCount > LARGEST_DIRECTORY) {
                    throw damaged();
                }
                return read(jar, unsigned(tail.getInt(start + 16)), byteCount);
            }
        }
        throw damaged();
    }

    private static StoredEntry locate(FileChannel jar, ByteBuffer entry) throws IOException {
        if (entry.getShort(10) != STORED) {
            throw new IOException("they are deflated there");
        }
        long byteCount = unsigned(entry.getInt(24));
        long headerOffset = unsigned(entry.getInt(42));
        ByteBuffer header = read(jar, headerOffset, HEADER_BYTES);
        if (header.getInt(0) != HEADER_SIGNATURE) {
            throw damaged();
        }
        long byteOffset = headerOffset + HEADER_BYTES + unsigned(header.getShort(26)) + unsigned(header.getShort(28));
        if (byteCount > jar.size() - byteOffset) {
            throw damaged();
        }
        return new StoredEntry(byteOffset, byteCount);
    }

    private static ByteBuffer read(FileChannel jar, long byteOffset, long byteCount) throws IOException {
        if (byteOffset > jar.size() - byteCount) {
            throw damaged();
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(byteCount));
        while (bytes.hasRemaining()) {
            if (jar.read(bytes, byteOffset + bytes.position()) < 0) {
                throw damaged();
            }
        }
        return littleEndian(bytes.flip());
    }

    private static ByteBuffer littleEndian(ByteBuffer bytes) {
        return bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int unsigned(short number) {
        return Short.toUnsignedInt(number);
    }

    private static long unsigned(int number) {
        return Integer.toUnsignedLong(number);
    }

    private static IOException damaged() {
        return new IOException("the jar is damaged or larger than 4 GiB");
    }
}
