package io.xceptionc.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Reads a model's constants to memory, widens what is stored as halves, and computes the digest of what it reads, all
 * in one pass.
 */
final class ConstantsReader {

    private static final int CHUNK_BYTES = 1 << 18;
    private static final ValueLayout.OfShort HALF =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final InputStream stream;
    private final MemorySegment target;
    private final Storage storage;
    private final MessageDigest digest = sha256();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final short[] halves;
    private final float[] values;
    private final long storedBytes;
    private long bytesRead;

    /** For memory of the constants' size. */
    ConstantsReader(InputStream stream, Storage storage, long storedBytes, MemorySegment target) {
        this.stream = stream;
        this.storage = storage;
        this.storedBytes = storedBytes;
        this.target = target;
        halves = new short[storage.isHalf() ? CHUNK_BYTES / Short.BYTES : 0];
        values = new float[halves.length];
    }

    /**
     * Fills the memory.
     *
     * @return the SHA-256 of what was read, in hexadecimal
     */
    String read(Iterable<WeightRange> ranges) throws IOException {
        long done = 0;
        for (WeightRange range : ranges) {
            copy(done, range.byteOffset());
            widen(range);
            done = range.end();
        }
        copy(done, target.byteSize());
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The SHA-256 of constants that are in memory as they are stored, in hexadecimal. */
    static String digestOf(MemorySegment constants) {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (long done = 0; done < constants.byteSize(); done += chunk.length) {
            int count = (int) Math.min(chunk.length, constants.byteSize() - done);
            MemorySegment.copy(constants, ValueLayout.JAVA_BYTE, done, chunk, 0, count);
            digest.update(chunk, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void copy(long start, long end) throws IOException {
        for (long done = start; done < end;) {
            int read = readChunk(end - done, 1);
            MemorySegment.copy(MemorySegment.ofArray(chunk), 0, target, done, read);
            done += read;
        }
    }

    private void widen(WeightRange range) throws IOException {
        for (long done = 0; done < range.count();) {
            int count = readChunk((range.count() - done) * Short.BYTES, Short.BYTES) / Short.BYTES;
            MemorySegment.copy(MemorySegment.ofArray(chunk), HALF, 0, halves, 0, count);
            storage.decode(halves, values, count);
            MemorySegment.copy(values, 0, target, ValueLayout.JAVA_FLOAT, range.byteOffset() + done * Float.BYTES,
                    count);
            done += count;
        }
    }

    /** Reads a chunk of at most so many bytes, a multiple of a unit. */
    private int readChunk(long most, int unit) throws IOException {
        int wanted = (int) Math.min(chunk.length, most);
        int count = 0;
        while (count == 0 || count % unit != 0) {
            int read = stream.read(chunk, count, wanted - count);
            if (read < 0) {
                throw new EOFException("they end after " + bytesRead + " of " + storedBytes + " bytes");
            }
            count += read;
            bytesRead += read;
        }
        digest.update(chunk, 0, count);
        return count;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
