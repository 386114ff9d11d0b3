package io.xceptionc.compiler.format.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.io.IOException;
import java.io.InputStream;

/** A mapped file as a stream, of which stretches of any length are skipped without being read. */
final class MappedStream extends InputStream {

    private final MappedFile file;
    private long position;

    /** From the file's beginning. */
    MappedStream(MappedFile file) {
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    /**
     * Reads some bytes.
     *
     * @throws IOException caused by an {@link InvalidInputException}, if the file was cut off meanwhile
     */
    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        int count = (int) Math.min(length, file.byteSize() - position);
        if (length > 0 && count == 0) {
            return -1;
        }
        try {
            System.arraycopy(file.bytes(position, count), 0, target, start, count);
        } catch (InvalidInputException cutOff) {
            throw new IOException(cutOff);
        }
        position += count;
        return count;
    }

    @Override
    public long skip(long count) {
        long skipped = Math.clamp(count, 0, file.byteSize() - position);
        position += skipped;
        return skipped;
    }
}
