package io.xceptionc.runtime.picture;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * What decoders read from: a stream that ends them, when their time is over or they go on reading at the end. It makes
 * no temporary file and keeps nothing in memory but a few kilobytes.
 */
final class PictureStream extends ImageInputStreamImpl {

    /** So often is the end told; a decoder that has not understood it then makes up pixels without end. */
    static final int MOST_READS_AT_END = 1000;

    private static final int BUFFER_BYTES = 1 << 14;

    private final ByteSource source;
    private final Deadline deadline;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long bufferStart;
    private int bufferedBytes;
    private int readsAtEnd;

    /** Of some bytes. */
    PictureStream(ByteSource source, Deadline deadline) {
        this.source = source;
        this.deadline = deadline;
    }

    /** Another stream, with the same deadline. */
    PictureStream of(ByteSource part) {
        return new PictureStream(part, deadline);
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        if (!fill()) {
            return -1;
        }
        return Byte.toUnsignedInt(buffer[(int) (streamPos++ - bufferStart)]);
    }

    /** Reads all that is asked for up to the end; {@code ImageInputStreamImpl} takes less for the end. */
    @Override
    public int read(byte[] target, int start, int count) throws IOException {
        checkClosed();
        bitOffset = 0;
        int copied = 0;
        while (copied < count && fill()) {
            int from = (int) (streamPos - bufferStart);
            int bytes = Math.min(count - copied, bufferedBytes - from);
            System.arraycopy(buffer, from, target, start + copied, bytes);
            copied += bytes;
            streamPos += bytes;
        }
        return copied == 0 && count > 0 ? -1 : copied;
    }

    /** Has at least the next byte in the buffer, or returns false at the end. */
    private boolean fill() throws IOException {
        deadline.check();
        if (streamPos >= bufferStart && streamPos < bufferStart + bufferedBytes) {
            return true;
        }
        bufferStart = streamPos;
        bufferedBytes = Math.max(0, source.read(streamPos, buffer, 0, BUFFER_BYTES));
        if (bufferedBytes == 0 && ++readsAtEnd > MOST_READS_AT_END) {
            throw deadline.fail(PictureException.damaged("it ends too early"));
        }
        return bufferedBytes > 0;
    }

    @Override
    public long getStreamPosition() throws IOException {
        deadline.check(); // the only call of a WebP decoder that takes no bits for a pixel
        return super.getStreamPosition();
    }

    @Override
    public void seek(long position) throws IOException {
        deadline.check();
        super.seek(position);
    }

    @Override
    public long length() {
        return source.length();
    }
}
