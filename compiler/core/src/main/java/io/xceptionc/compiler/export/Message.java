package io.xceptionc.compiler.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A Protocol Buffers message, written field by field by the fields' numbers. */
final class Message {

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

    Message add(int field, long value) {
        return write(() -> stream.writeInt64(field, value));
    }

    Message add(int field, float value) {
        return write(() -> stream.writeFloat(field, value));
    }

    Message add(int field, String value) {
        return write(() -> stream.writeByteArray(field, value.getBytes(StandardCharsets.UTF_8)));
    }

    Message add(int field, ByteString value) {
        return write(() -> stream.writeBytes(field, value));
    }

    Message add(int field, Message value) {
        return add(field, value.toByteString());
    }

    Message addAll(int field, List<Integer> values) {
        values.forEach(value -> add(field, value));
        return this;
    }

    ByteString toByteString() {
        write(stream::flush);
        return bytes.toByteString();
    }
}
