package io.xceptionc.compiler.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Compares what is written to it with the bytes of a stream, which it reads as it goes. */
final class ComparingStream extends OutputStream {

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream expected;
    private boolean same = true;

    private ComparingStream(InputStream expected) {
        this.expected = expected;
    }

    /** Whether a file has exactly some content. */
    static boolean sameContent(Path file, AtomicFile.Content content) throws IOException {
        try (InputStream expected = Files.newInputStream(file);
                ComparingStream comparison = new ComparingStream(expected)) {
            try (OutputStream buffered = new BufferedOutputStream(comparison, BUFFER_BYTES)) {
                content.writeTo(buffered);
            }
            return comparison.same && expected.read() < 0;
        }
    }

    @Override
    public void write(int b) throws IOException {
        same = same && expected.read() == (b & 0xFF);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        if (same) {
            byte[] there = expected.readNBytes(length);
            same = Arrays.equals(there, 0, there.length, bytes, start, start + length);
        }
    }
}
