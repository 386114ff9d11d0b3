package io.xceptionc.compiler.format.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/** ONNX models put together by hand, right and wrong ones: the fields of a message, by their numbers. */
public final class HandmadeOnnx {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private interface Write {
        void to(CodedOutputStream stream) throws IOException;
    }

    private HandmadeOnnx write(Write write) {
        try {
            CodedOutputStream stream = CodedOutputStream.newInstance(bytes);
            write.to(stream);
            stream.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a whole number. */
    public HandmadeOnnx with(int field, long value) {
        return write(stream -> stream.writeInt64(field, value));
    }

    /** Adds a number. */
    public HandmadeOnnx with(int field, float value) {
        return write(stream -> stream.writeFloat(field, value));
    }

    /** Adds a text. */
    public HandmadeOnnx with(int field, String value) {
        return write(stream -> stream.writeString(field, value));
    }

    /** Adds bytes. */
    public HandmadeOnnx with(int field, byte[] value) {
        return write(stream -> stream.writeByteArray(field, value));
    }

    /** Adds a message. */
    public HandmadeOnnx with(int field, HandmadeOnnx message) {
        return with(field, message.toBytes());
    }

    /** Adds whole numbers, packed. */
    HandmadeOnnx packed(int field, long... values) {
        return write(stream -> {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            CodedOutputStream inner = CodedOutputStream.newInstance(packed);
            for (long value : values) {
                inner.writeInt64NoTag(value);
            }
            inner.flush();
            stream.writeByteArray(field, packed.toByteArray());
        });
    }

    /** Adds any bytes, whether they are a field or not. */
    HandmadeOnnx raw(byte... any) {
        bytes.writeBytes(any);
        return this;
    }

    /** The message so far. */
    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    /** The message so far. */
    ByteString toByteString() {
        return ByteString.copyFrom(toBytes());
    }

    /** A tensor without elements. */
    public static HandmadeOnnx tensor(String name, int type, long... shape) {
        HandmadeOnnx tensor = new HandmadeOnnx();
        for (long size : shape) {
            tensor.with(1, size);
        }
        return tensor.with(2, type).with(8, name);
    }

    /** A tensor of floats. */
    public static HandmadeOnnx floats(String name, List<Long> shape, float... values) {
        return tensor(name, 1, shape.stream().mapToLong(size -> size).toArray()).with(9, bytes(values));
    }

    /** A node with attributes. */
    public static HandmadeOnnx node(String operator, String name, List<String> inputs, String output,
            HandmadeOnnx... attributes) {
        HandmadeOnnx node = new HandmadeOnnx();
        inputs.forEach(input -> node.with(1, input));
        node.with(2, output).with(3, name).with(4, operator);
        for (HandmadeOnnx attribute : attributes) {
            node.with(5, attribute);
        }
        return node;
    }

    /** An attribute of a whole number. */
    public static HandmadeOnnx integer(String name, long value) {
        return new HandmadeOnnx().with(1, name).with(3, value).with(20, 2);
    }

    /** An attribute that is a word. */
    public static HandmadeOnnx text(String name, String value) {
        return new HandmadeOnnx().with(1, name).with(4, value).with(20, 3);
    }

    /** An attribute of whole numbers. */
    public static HandmadeOnnx integers(String name, long... values) {
        HandmadeOnnx attribute = new HandmadeOnnx().with(1, name).with(20, 7);
        for (long value : values) {
            attribute.with(8, value);
        }
        return attribute;
    }

    /** An input or output of floats; a size below 0 is left open. */
    public static HandmadeOnnx value(String name, long... shape) {
        HandmadeOnnx sizes = new HandmadeOnnx();
        for (long size : shape) {
            sizes.with(1, size < 0 ? new HandmadeOnnx().with(2, "any") : new HandmadeOnnx().with(1, size));
        }
        return new HandmadeOnnx().with(1, name)
                .with(2, new HandmadeOnnx().with(1, new HandmadeOnnx().with(1, 1).with(2, sizes)));
    }

    /** A model of a graph. */
    public static HandmadeOnnx model(HandmadeOnnx graph, long opset) {
        return new HandmadeOnnx().with(1, 7).with(2, "hand").with(7, graph).with(8, new HandmadeOnnx().with(2, opset));
    }

    /** The bytes of numbers, little-endian. */
    static byte[] bytes(float... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    /** Opens a model that is in memory, and so need not be closed. */
    @SuppressWarnings("MustBeClosedChecker")
    public static OnnxFile open(byte[] model) throws InvalidInputException {
        return OnnxFile.open(new MappedFile("m.onnx", Arena.ofConfined(), MemorySegment.ofArray(model)),
                Path.of("m.onnx"));
    }
}
