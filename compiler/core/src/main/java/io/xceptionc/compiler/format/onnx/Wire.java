package io.xceptionc.compiler.format.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.xceptionc.compiler.format.file.MappedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the messages of Protocol Buffers that a mapped file consists of, field by field. Every length is compared with
 * the bytes that are left before anything else is done with it.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers, encoding</a>
 */
final class Wire {

    /** More fields than a network of a hundred thousand nodes has; what each costs in memory is bounded. */
    static final int MOST_FIELDS = 4_000_000;

    private static final int DEEPEST_GROUP = 100;
    private static final int LONGEST_TEXT = 10_000;

    private final CodedInputStream stream;
    private int fieldCount;
    private int wireType;

    /** Reads one field of a message. */
    @FunctionalInterface
    interface Fields {
        /**
         * Reads the field's value by one call of the {@link Wire}.
         *
         * @return false if the field is of no interest and nothing was read
         */
        boolean read(int field) throws IOException;
    }

    /** At the beginning of a file that holds one message, of at most 2 GiB. */
    Wire(MappedFile file) throws IOException {
        stream = CodedInputStream.newInstance(new MappedStream(file));
        stream.pushLimit(Math.toIntExact(file.byteSize()));
    }

    /** How many bytes were read. */
    int byteOffset() {
        return stream.getTotalBytesRead();
    }

    /** Reads all fields up to the end of the message. */
    void fields(Fields fields) throws IOException {
        for (int tag = stream.readTag(); tag != 0; tag = stream.readTag()) {
            if (++fieldCount > MOST_FIELDS) {
                throw new DamagedModelException("has more than " + MOST_FIELDS + " fields");
            }
            wireType = WireFormat.getTagWireType(tag);
            if (!fields.read(WireFormat.getTagFieldNumber(tag))) {
                skip(tag);
            }
        }
    }

    /** Reads a field that is a message itself. */
    void message(Fields fields) throws IOException {
        int outerLimit = stream.pushLimit(length());
        fields(fields);
        stream.popLimit(outerLimit);
    }

    /** Reads a field that is a whole number. */
    long integer() throws IOException {
        require(WireFormat.WIRETYPE_VARINT, "whole number");
        return stream.readRawVarint64();
    }

    /** Reads a field that is a number of 32 bits. */
    float number() throws IOException {
        require(WireFormat.WIRETYPE_FIXED32, "number");
        return stream.readFloat();
    }

    /** Reads a field that is a text. */
    String text() throws IOException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(shortBytes())).toString();
        } catch (CharacterCodingException _) {
            throw new DamagedModelException("has a name that is not valid UTF-8 before byte " + byteOffset());
        }
    }

    /** Reads a field of bytes that are a text as a rule; what is none in them is U+FFFD. */
    String textOfBytes() throws IOException {
        return new String(shortBytes(), StandardCharsets.UTF_8);
    }

    private byte[] shortBytes() throws IOException {
        int length = length();
        if (length > LONGEST_TEXT) {
            throw new DamagedModelException("has a name of " + length + " bytes before byte " + byteOffset());
        }
        return stream.readRawBytes(length);
    }

    /** Skips a field of bytes, to be read later. */
    Extent extent() throws IOException {
        int length = length();
        Extent extent = new Extent(byteOffset(), length);
        stream.skipRawBytes(length);
        return extent;
    }

    /** Takes the numbers of a repeated field. */
    @FunctionalInterface
    interface Numbers {
        /** Takes one. */
        void add(long value);
    }

    /** Reads one or several whole numbers of a repeated field, packed or not. */
    void integers(Numbers numbers) throws IOException {
        repeated(WireFormat.WIRETYPE_VARINT, () -> numbers.add(stream.readRawVarint64()));
    }

    /** Takes the numbers of a repeated field. */
    @FunctionalInterface
    interface Floats {
        /** Takes one. */
        void add(float value);
    }

    /** Reads one or several numbers of 32 bits of a repeated field, packed or not. */
    void numbers(Floats numbers) throws IOException {
        repeated(WireFormat.WIRETYPE_FIXED32, () -> numbers.add(stream.readFloat()));
    }

    private interface Element {
        void read() throws IOException;
    }

    private void repeated(int elementType, Element element) throws IOException {
        if (wireType == elementType) {
            element.read();
            return;
        }
        int outerLimit = stream.pushLimit(length());
        while (!stream.isAtEnd()) {
            if (++fieldCount > MOST_FIELDS) {
                throw new DamagedModelException("has more than " + MOST_FIELDS + " fields");
            }
            element.read();
        }
        stream.popLimit(outerLimit);
    }

    private int length() throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED, "message or text");
        long length = stream.readRawVarint64();
        int left = stream.getBytesUntilLimit();
        if (length < 0 || length > left) {
            throw new DamagedModelException("has a part of " + Long.toUnsignedString(length) + " bytes at byte "
                    + byteOffset() + ", where only " + left + " follow");
        }
        return (int) length;
    }

    private void require(int expected, String kind) throws IOException {
        if (wireType != expected) {
            throw new DamagedModelException("has no " + kind + " at byte " + byteOffset() + ", where one belongs");
        }
    }

    /** Skips a field; groups, which ONNX does not have, without recursion. */
    private void skip(int tag) throws IOException {
        int depth = 0;
        int next = tag;
        do {
            switch (WireFormat.getTagWireType(next)) {
                case WireFormat.WIRETYPE_START_GROUP -> depth++;
                case WireFormat.WIRETYPE_END_GROUP -> depth--;
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                    wireType = WireFormat.WIRETYPE_LENGTH_DELIMITED;
                    extent();
                }
                default -> stream.skipField(next);
            }
            if (depth < 0 || depth > DEEPEST_GROUP) {
                throw new DamagedModelException(
                        "has groups of fields that nest deeper than " + DEEPEST_GROUP + " or end without a beginning");
            }
            next = depth > 0 ? stream.readTag() : 0;
            if (depth > 0 && next == 0) {
                throw new DamagedModelException("ends within a group of fields");
            }
        } while (depth > 0);
    }
}
