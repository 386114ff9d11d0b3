package io.xceptionc.compiler.jar;

import io.xceptionc.compiler.output.AtomicFile;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes entries with a fixed time; large ones are stored, not deflated, and begin at a multiple of 64 bytes. */
final class JarWriter implements AutoCloseable {

    /**
     * Not the first moment that a zip file can express: for that one Java adds a field that depends on the time zone.
     */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int EXTRA_HEADER_BYTES = 4;
    private static final short PADDING_EXTRA = (short) 0xD935;

    private final Counter counter;
    private final ZipOutputStream zip;

    JarWriter(OutputStream stream) {
        counter = new Counter(stream);
        zip = new ZipOutputStream(counter);
    }

    void add(String name, byte[] content) throws IOException {
        zip.putNextEntry(entry(name));
        zip.write(content);
        zip.closeEntry();
    }

    void addStored(String name, long bytes, long crc32, AtomicFile.Content content) throws IOException {
        ZipEntry entry = entry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes);
        entry.setCrc(crc32);
        entry.setExtra(padding(name));
        zip.putNextEntry(entry);
        content.writeTo(zip);
        zip.closeEntry();
    }

    /** An extra field just as long as it takes for what follows to be aligned. */
    private byte[] padding(String name) {
        long start =
                counter.count + LOCAL_HEADER_BYTES + name.getBytes(StandardCharsets.UTF_8).length + EXTRA_HEADER_BYTES;
        int length = (int) Math.floorMod(-start, (long) ALIGNMENT);
        return ByteBuffer.allocate(EXTRA_HEADER_BYTES + length).order(ByteOrder.LITTLE_ENDIAN).putShort(PADDING_EXTRA)
                .putShort((short) length).array();
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        return entry;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static final class Counter extends FilterOutputStream {

        private long count;

        Counter(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            out.write(bytes, start, length);
            count += length;
        }
    }
}
