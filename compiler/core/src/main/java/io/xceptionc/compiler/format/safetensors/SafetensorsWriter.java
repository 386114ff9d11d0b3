package io.xceptionc.compiler.format.safetensors;

import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.output.AtomicFile;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a safetensors file: the same tensors in the same order give the same bytes.
 *
 * <p> The header lists tensors in the order in which they were added. In the data those with larger elements come
 * first, so that each is aligned to its elements.
 */
public final class SafetensorsWriter {

    private static final int ALIGNMENT = 8;

    private static final int CHUNK_ELEMENTS = 1 << 16;

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(TensorInfo info, Supplier<float[]> values) {}

    /**
     * Adds a tensor of 32-bit floating point numbers.
     *
     * @param values row-major; not copied
     */
    public SafetensorsWriter add(String name, List<Integer> shape, float[] values) {
        return add(name, ElementType.F32, shape, () -> values);
    }

    /**
     * Adds a tensor.
     *
     * @param name any text that no other tensor of the file is called by
     * @param type a floating point type; values are rounded to it
     * @param shape as it shall stand in the file
     * @param values asked for when the file is written, row-major
     */
    public SafetensorsWriter add(String name, ElementType type, List<Integer> shape, Supplier<float[]> values) {
        if (!type.isFloat()) {
            throw new IllegalArgumentException(type + " is no floating point type that can be written");
        }
        TensorInfo info = new TensorInfo(name, type, shape.stream().map(Integer::longValue).toList());
        if (name.equals(SafetensorsHeaderParser.METADATA)
                || entries.putIfAbsent(name, new Entry(info, values)) != null) {
            throw new IllegalArgumentException("a tensor cannot be called '" + name + "', the name is taken");
        }
        return this;
    }

    /** Writes the file, in place of one that is there; it appears whole or not at all. */
    public void writeTo(Path path) throws IOException {
        AtomicFile.write(path, stream -> writeTo(Channels.newChannel(stream)));
    }

    /** Writes the file's bytes. */
    public void writeTo(WritableByteChannel channel) throws IOException {
        List<Entry> inDataOrder = new ArrayList<>(entries.values());
        inDataOrder.sort(Comparator.comparingInt((Entry entry) -> entry.info.type().byteSize()).reversed());
        byte[] header = header(inDataOrder);
        writeFully(channel,
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).flip());
        writeFully(channel, ByteBuffer.wrap(header));
        for (Entry entry : inDataOrder) {
            writeElements(channel, entry);
        }
    }

    private byte[] header(List<Entry> inDataOrder) {
        Map<String, Long> begins = new HashMap<>();
        long dataLength = 0;
        for (Entry entry : inDataOrder) {
            begins.put(entry.info.name(), dataLength);
            dataLength = Math.addExact(dataLength, entry.info.byteCount());
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            entries.values().forEach(entry -> describe(json, entry.info, begins.get(entry.info.name())));
            json.writeEndObject();
        }
        byte[] unpadded = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] header = Arrays.copyOf(unpadded, Math.ceilDiv(unpadded.length, ALIGNMENT) * ALIGNMENT);
        Arrays.fill(header, unpadded.length, header.length, (byte) ' ');
        return header;
    }

    private static void describe(JsonGenerator json, TensorInfo info, long begin) {
        json.writeObjectPropertyStart(info.name());
        json.writeStringProperty("dtype", info.type().name());
        json.writeArrayPropertyStart("shape");
        info.shape().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeArrayPropertyStart("data_offsets");
        json.writeNumber(begin);
        json.writeNumber(begin + info.byteCount());
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeElements(WritableByteChannel channel, Entry entry) throws IOException {
        float[] values = entry.values.get();
        if (values.length != entry.info.elementCount()) {
            throw new IllegalStateException("tensor '" + entry.info.name() + "' has " + values.length + " values, not "
                    + entry.info.elementCount());
        }
        ElementType type = entry.info.type();
        byte[] chunk = new byte[CHUNK_ELEMENTS * type.byteSize()];
        for (int start = 0; start < values.length; start += CHUNK_ELEMENTS) {
            int count = Math.min(CHUNK_ELEMENTS, values.length - start);
            type.write(values, start, count, MemorySegment.ofArray(chunk));
            writeFully(channel, ByteBuffer.wrap(chunk, 0, count * type.byteSize()));
        }
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
