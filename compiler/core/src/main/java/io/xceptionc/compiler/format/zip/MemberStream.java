package io.xceptionc.compiler.format.zip;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The bytes of a member, inflated if need be: as many as declared, and with the declared checksum at their end. */
final class MemberStream extends InputStream {

    private static final int CHUNK_BYTES = 1 << 16;

    private final MappedFile file;
    private final ZipMember member;
    private final Inflater inflater;
    private final CRC32 checksum = new CRC32();
    private long storedPosition;
    private long position;
    private boolean isComplete;

    private MemberStream(MappedFile file, ZipMember member) {
        this.file = file;
        this.member = member;
        this.inflater = new Inflater(true);
    }

    static InputStream of(MappedFile file, ZipMember member) {
        return new MemberStream(file, member);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int start, int most) throws IOException {
        Objects.checkFromIndexSize(start, most, target.length);
        if (most == 0) {
            return 0;
        }
        int wanted = (int) Math.min(most, member.byteCount() - position);
        int count = wanted == 0 ? 0 : member.isStored() ? copy(target, start, wanted) : inflate(target, start, wanted);
        checksum.update(target, start, count);
        position += count;
        if (position == member.byteCount()) {
            complete();
        }
        return count == 0 ? -1 : count;
    }

    private int copy(byte[] target, int start, int most) throws IOException {
        byte[] chunk = storedBytes(most);
        System.arraycopy(chunk, 0, target, start, chunk.length);
        return chunk.length;
    }

    private int inflate(byte[] target, int start, int most) throws IOException {
        try {
            while (true) {
                int count = inflater.inflate(target, start, most);
                if (count > 0) {
                    return count;
                }
                if (inflater.finished() || inflater.needsDictionary()
                        || storedPosition == member.storedByteCount()) {
                    throw new IOException("inflates to fewer bytes than it declares");
                }
                inflater.setInput(storedBytes(CHUNK_BYTES));
            }
        } catch (DataFormatException malformed) {
            throw new IOException("cannot be inflated", malformed);
        }
    }

    /** The next bytes as they lie in the archive. */
    private byte[] storedBytes(int most) throws IOException {
        int count = (int) Math.min(Math.min(most, CHUNK_BYTES), member.storedByteCount() - storedPosition);
        try {
            byte[] bytes = file.bytes(member.byteOffset() + storedPosition, count);
            storedPosition += count;
            return bytes;
        } catch (InvalidInputException unreadable) {
            throw new IOException(unreadable.getMessage(), unreadable);
        }
    }

    private void complete() throws IOException {
        if (isComplete) {
            return;
        }
        if (!member.isStored()) {
            requireNothingMore();
        }
        if ((int) checksum.getValue() != member.checksum()) {
            throw new IOException("has other bytes than its checksum says");
        }
        isComplete = true;
    }

    private void requireNothingMore() throws IOException {
        try {
            byte[] more = new byte[1];
            while (!inflater.finished()) {
                boolean isMore = inflater.inflate(more) > 0;
                boolean isStuck = !inflater.finished() && storedPosition == member.storedByteCount();
                if (isMore || isStuck || inflater.needsDictionary()) {
                    throw new IOException("inflates to more bytes than it declares");
                }
                if (!inflater.finished()) {
                    inflater.setInput(storedBytes(CHUNK_BYTES));
                }
            }
        } catch (DataFormatException malformed) {
            throw new IOException("cannot be inflated", malformed);
        }
        if (inflater.getRemaining() > 0 || storedPosition < member.storedByteCount()) {
            throw new IOException("has bytes after its end");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
