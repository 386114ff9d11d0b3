package io.xceptionc.compiler.format.safetensors;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Safetensors files put together by hand, right and wrong ones. */
public final class HandmadeSafetensors {

    private HandmadeSafetensors() {}

    /** A file of the given header and a number of zeros as data. */
    public static byte[] file(String header, int dataLength) {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        return file(bytes.length, bytes, new byte[dataLength]);
    }

    /** A file that declares its header to be of any length. */
    public static byte[] file(long headerLength, byte[] header, byte[] data) {
        return ByteBuffer.allocate(Long.BYTES + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerLength).put(header).put(data).array();
    }

    /** The bytes of numbers, little-endian. */
    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** Opens a file that is in memory, and so need not be closed. */
    @SuppressWarnings("MustBeClosedChecker")
    public static SafetensorsFile open(byte[] bytes) throws InvalidInputException {
        return SafetensorsFile.open(new MappedFile("w.safetensors", Arena.ofConfined(), MemorySegment.ofArray(bytes)));
    }

    /** Each problem as {@code file: error[code]: message (help)}. */
    public static String text(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .map(diagnostic -> diagnostic.headline()
                        + (diagnostic.help().isEmpty() ? "" : " (" + diagnostic.help() + ")"))
                .collect(Collectors.joining("\n"));
    }
}
