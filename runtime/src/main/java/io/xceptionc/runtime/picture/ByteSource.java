package io.xceptionc.runtime.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes at positions, of a file or in memory. */
interface ByteSource {

    long length();

    /** Reads from a position to {@code target}; returns how many bytes, at least one, or -1 at the end. */
    int read(long position, byte[] target, int start, int count) throws IOException;

    /** A part of these bytes, which ends where they end. */
    default ByteSource range(long start, long length) {
        ByteSource whole = this;
        long end = Math.max(start, Math.min(length(), start + length));
        return new ByteSource() {
            @Override
            public long length() {
                return end - start;
            }

            @Override
            public int read(long position, byte[] target, int targetStart, int count) throws IOException {
                int readable = (int) Math.min(count, length() - position);
                return readable <= 0 ? -1 : whole.read(start + position, target, targetStart, readable);
            }
        };
    }

    /** Bytes in memory. */
    static ByteSource of(byte... bytes) {
        return new ByteSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public int read(long position, byte[] target, int start, int count) {
                if (position >= bytes.length) {
                    return -1;
                }
                int readable = (int) Math.min(count, bytes.length - position);
                System.arraycopy(bytes, (int) position, target, start, readable);
                return readable;
            }
        };
    }

    /** A file, which is only read where it is asked for; as long as it is now. */
    static ByteSource of(FileChannel file) throws IOException {
        long length = file.size();
        return new ByteSource() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public int read(long position, byte[] target, int start, int count) throws IOException {
                return file.read(ByteBuffer.wrap(target, start, count), position);
            }
        };
    }
}
