package io.xceptionc.examples.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request, which may be only so long. */
final class BoundedBody extends FilterInputStream {

    private final long mostBytes;
    private long bytes;

    /** @param mostBytes reading more throws a {@link RequestProblem} */
    BoundedBody(InputStream body, long mostBytes) {
        super(body);
        this.mostBytes = mostBytes;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] destination, int start, int length) throws IOException {
        int count = super.read(destination, start, length);
        count(Math.max(0, count));
        return count;
    }

    private void count(int more) {
        bytes += more;
        if (bytes > mostBytes) {
            throw RequestProblem.tooLong("the request has more than " + mostBytes + " bytes; send fewer images");
        }
    }
}
