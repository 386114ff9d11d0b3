package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights as TensorFlow.js stores them: as floating point numbers, or as whole ones of which {@code number * scale +
 * min} was meant.
 *
 * @param name for messages
 * @param shape the sizes of the axes
 * @param storage the type in the file
 * @param scale of whole numbers
 * @param min of whole numbers
 * @param bytes where they are
 * @param byteOffset where they begin
 */
record StoredWeights(
        String name,
        List<Long> shape,
        String storage,
        double scale,
        double min,
        ShardedBytes bytes,
        long byteOffset) {

    private static final long MOST = 1L << 28;

    StoredWeights {
        shape = List.copyOf(shape);
    }

    /** Those that an entry of the manifest describes. */
    static StoredWeights of(MappedFile file, Json entry, ShardedBytes bytes, long byteOffset)
            throws InvalidInputException {
        String name = entry.get("name").text().orElse("");
        List<Long> shape = new ArrayList<>();
        long count = 1;
        for (Json size : entry.get("shape").elements()) {
            long next = size.integer().orElse(-1);
            if (next < 0 || (next > 0 && count > MOST / next)) {
                throw file.damaged("has the tensor " + Quotation.of(name) + " of a shape that makes no sense", "");
            }
            count *= next;
            shape.add(next);
        }
        Json quantization = entry.get("quantization");
        String storage = quantization.get("dtype").or(entry.get("dtype")).text().orElse("");
        if (!storage.matches("float32|float16|u?int(8|16)|int32|bool")) {
            throw file.problem(DiagnosticCode.E304, "has the tensor " + Quotation.of(name) + " as "
                    + Quotation.of(storage), "weights are float32, float16, or quantised as uint8 or uint16");
        }
        return new StoredWeights(name, shape, storage, quantization.get("scale").number().orElse(1.0),
                quantization.get("min").number().orElse(0.0), bytes, byteOffset);
    }

    private long elementCount() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** How many bytes they take. */
    long byteCount() {
        return elementCount() * elementBytes();
    }

    private int elementBytes() {
        return storage.endsWith("32") ? Float.BYTES : storage.endsWith("16") ? Short.BYTES : 1;
    }

    /** The numbers, freshly read. */
    float[] values(MappedFile file) throws InvalidInputException {
        if (byteCount() > Integer.MAX_VALUE - 8) {
            throw file.problem(DiagnosticCode.E205, "has the tensor " + Quotation.of(name) + " of too many bytes", "");
        }
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes.read(file, byteOffset, (int) byteCount())).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[(int) elementCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = next(buffer);
        }
        return values;
    }

    private float next(ByteBuffer buffer) {
        return switch (storage) {
            case "float32" -> buffer.getFloat();
            case "float16" -> Float.float16ToFloat(buffer.getShort());
            case "uint8", "bool" -> meant(Byte.toUnsignedInt(buffer.get()));
            case "int8" -> meant(buffer.get());
            case "uint16" -> meant(Short.toUnsignedInt(buffer.getShort()));
            case "int16" -> meant(buffer.getShort());
            default -> meant(buffer.getInt());
        };
    }

    private float meant(int number) {
        return (float) (number * scale + min);
    }
}
