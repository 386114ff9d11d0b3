package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads numbers and texts of a pickle one after the other; every length is compared with what remains first. */
final class PickleReader {

    static final String DAMAGED = "the file is damaged; save or download it again";

    private static final int WINDOW_BYTES = 1 << 16;
    private static final int LONGEST_LINE = 1000;

    private final MappedFile file;
    private final long end;
    private long windowStart;
    private ByteBuffer window = ByteBuffer.allocate(0);

    /** Of a part of a file. */
    PickleReader(MappedFile file, long begin, long end) {
        this.file = file;
        this.end = end;
        this.windowStart = begin;
    }

    /** Where in the file the next byte lies. */
    long position() {
        return windowStart + window.position();
    }

    /** How many bytes are left. */
    long remaining() {
        return end - position();
    }

    int unsignedByte() throws InvalidInputException {
        return Byte.toUnsignedInt(next(Byte.BYTES).get());
    }

    int unsignedShort() throws InvalidInputException {
        return Short.toUnsignedInt(next(Short.BYTES).getShort());
    }

    int signedInt() throws InvalidInputException {
        return next(Integer.BYTES).getInt();
    }

    long unsignedInt() throws InvalidInputException {
        return Integer.toUnsignedLong(signedInt());
    }

    long signedLong() throws InvalidInputException {
        return next(Long.BYTES).getLong();
    }

    /** A number of any length, little-endian in two's complement, without those bytes that do not fit. */
    long truncatedLong(int byteCount) throws InvalidInputException {
        byte[] bytes = bytes(byteCount);
        long value = byteCount > 0 && bytes[byteCount - 1] < 0 ? -1 : 0;
        for (int i = Math.min(byteCount, Long.BYTES) - 1; i >= 0; i--) {
            value = value << Byte.SIZE | (bytes[i] & 0xff);
        }
        return value;
    }

    /** A text of a number of bytes, which may be taken as unsigned. */
    String text(long byteCount) throws InvalidInputException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(byteCount))).toString();
        } catch (CharacterCodingException malformed) {
            throw damaged("has a text that is not UTF-8");
        }
    }

    /** A text up to the end of its line. */
    String line() throws InvalidInputException {
        StringBuilder line = new StringBuilder();
        for (int character = unsignedByte(); character != '\n'; character = unsignedByte()) {
            if (line.length() == LONGEST_LINE) {
                throw damaged("has a name of more than " + LONGEST_LINE + " bytes");
            }
            line.append((char) character);
        }
        return line.toString();
    }

    /** Passes over bytes. */
    void skip(long byteCount) throws InvalidInputException {
        require(byteCount);
        windowStart = position() + byteCount;
        window = ByteBuffer.allocate(0);
    }

    private byte[] bytes(long byteCount) throws InvalidInputException {
        require(byteCount);
        byte[] bytes;
        if (byteCount > WINDOW_BYTES) {
            bytes = file.bytes(position(), (int) byteCount);
            skip(byteCount);
        } else {
            bytes = new byte[(int) byteCount];
            next(bytes.length).get(bytes);
        }
        return bytes;
    }

    /** The window, with at least that many bytes ahead of its position. */
    private ByteBuffer next(int byteCount) throws InvalidInputException {
        require(byteCount);
        if (window.remaining() < byteCount) {
            long position = position();
            window = ByteBuffer.wrap(file.bytes(position, (int) Math.min(WINDOW_BYTES, end - position)))
                    .order(ByteOrder.LITTLE_ENDIAN);
            windowStart = position;
        }
        return window;
    }

    private void require(long byteCount) throws InvalidInputException {
        if (Long.compareUnsigned(byteCount, remaining()) > 0) {
            throw damaged("is cut off: it has " + Long.toUnsignedString(byteCount) + " bytes to read, but only "
                    + remaining() + " follow");
        }
    }

    /** The problem that the pickle is not one. */
    InvalidInputException damaged(String message) {
        return problem(message, DAMAGED);
    }

    /** The problem that a tensor's type is none that can be read. */
    InvalidInputException unsupported(String message, String help) {
        return file.problem(DiagnosticCode.E304, "has a pickle that " + message + ", at byte " + position(), help);
    }

    /** A problem with the pickle, here. */
    InvalidInputException problem(String message, String help) {
        return file.damaged("has a pickle that " + message + ", at byte " + position(), help);
    }
}
