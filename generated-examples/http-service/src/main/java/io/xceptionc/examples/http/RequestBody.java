package io.xceptionc.examples.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The body of a request while it arrives, which takes memory only for what has arrived. */
final class RequestBody {

    private static final int FIRST_BYTES = 4096;

    private final int mostBytes;
    private final Capacity.Share share;
    private byte[] bytes = new byte[0];
    private int size;

    /**
     * An empty one.
     *
     * @param mostBytes how long it may get
     * @param share what its bytes are taken from, and given back to by others
     */
    RequestBody(int mostBytes, Capacity.Share share) {
        this.mostBytes = mostBytes;
        this.share = share;
    }

    /** Refuses a body that is too long, before any of it is read. */
    static void requireLength(long bytes, int mostBytes) {
        if (bytes > mostBytes) {
            throw RequestProblem.tooLong("the request has more than " + mostBytes + " bytes; send fewer images");
        }
    }

    /**
     * Adds what has arrived.
     *
     * @throws RequestProblem if it gets too long, or there is no room for it
     */
    void add(ByteBuf arrived) {
        int count = arrived.readableBytes();
        requireLength((long) size + count, mostBytes);
        if (!share.take(count)) {
            throw RequestProblem.busy("the service has no memory left for this request; try again");
        }
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(mostBytes, Math.max(FIRST_BYTES, 2L * (size + count))));
        }
        arrived.readBytes(bytes, size, count);
        size += count;
    }

    /** All that has arrived. */
    byte[] toArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
