package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.zip.HandmadeZip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pickles put together by hand, opcode by opcode, and checkpoints of them. */
final class HandmadePickle {

    /** A storage of four F32, as a persistent id gives it. */
    static final String STORAGE = "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0000X\3\0\0\0cpuK\4tQ";

    private static final String TENSOR_BEGIN = "ctorch._utils\n_rebuild_tensor_v2\n(";
    private static final String TENSOR_END = "\211}tR";

    private HandmadePickle() {}

    /** A tensor in {@link #STORAGE}, given the opcodes of its first element, shape and strides. */
    static String tensor(String place) {
        return tensor(STORAGE, place);
    }

    static String tensor(String storage, String place) {
        return TENSOR_BEGIN + storage + place + TENSOR_END;
    }

    /** A state dict with the tensor {@code a}. */
    static String stateDict(String tensor) {
        return "\200\2}X\1\0\0\0a" + tensor + "s.";
    }

    static byte[] bytes(String opcodes) {
        return opcodes.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Opens a checkpoint of a pickle and 16 bytes of storage. */
    static TensorSource open(Path folder, byte[] pickle) throws IOException, InvalidInputException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("a/data.pkl", pickle);
        members.put("a/data/0", new byte[16]);
        return FileFormat.open(Files.write(folder.resolve("w.pt"), HandmadeZip.stored(members)));
    }

    /** Some opcodes, again and again, between others. */
    static byte[] repeated(String before, String opcodes, int times, String after) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(bytes(before));
        byte[] repeated = bytes(opcodes);
        for (int i = 0; i < times; i++) {
            bytes.writeBytes(repeated);
        }
        bytes.writeBytes(bytes(after));
        return bytes.toByteArray();
    }
}
