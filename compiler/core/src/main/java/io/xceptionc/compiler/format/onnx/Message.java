package io.xceptionc.compiler.format.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A Protocol Buffers message, written field by field by the fields' numbers. */
public final class Message {

    private final ByteString.Output bytes = ByteString.newOutput();
    private final CodedOutputStream stream = CodedOutputStream.newInstance(bytes);

    private interface Write {
        void run() throws IOException;
    }

    private Message write(Write write) {
        try {
            write.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    /** Adds a whole number. */
    public Message add(int field, long value) {
        return write(() -> stream.writeInt64(field, value));
    }

    /** Adds a number of 32 bits. */
    public Message add(int field, float value) {
        return write(() -> stream.writeFloat(field, value));
    }

    /** Adds a text. */
    public Message add(int field, String value) {
        return write(() -> stream.writeByteArray(field, value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds bytes. */
    public Message add(int field, ByteString value) {
        return write(() -> stream.writeBytes(field, value));
    }

    /** Adds a message within this one, which does not change any more. */
    public Message add(int field, Message value) {
        return add(field, value.toByteString());
    }

    /** Adds whole numbers, each as a field of its own. */
    public Message addAll(int field, List<Integer> values) {
        values.forEach(value -> add(field, value));
        return this;
    }

    /** All that was added. */
    public ByteString toByteString() {
        write(stream::flush);
        return bytes.toByteString();
    }
}
