package io.xceptionc.compiler.format.safetensors;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorInfo;
import java.util.Comparator;
import java.util.List;

/**
 * The tensors of a safetensors file, and where their bytes lie.
 *
 * @param dataOffset where the data begins in the file
 * @param tensors in the order of the header; their bytes fill the data without gap or overlap
 */
record SafetensorsHeader(long dataOffset, List<Placed> tensors) {

    static final String HELP = "the file is damaged or not a safetensors file; save or download it again";

    /** A hundred million, as the reference implementation has it. */
    static final long LARGEST_HEADER = 100_000_000;

    private static final int LENGTH_BYTES = 8;

    SafetensorsHeader {
        tensors = List.copyOf(tensors);
    }

    /**
     * A tensor and where its bytes lie, counted from the beginning of the data.
     *
     * @param begin the offset of its first byte
     * @param end the offset after its last byte
     */
    record Placed(TensorInfo info, long begin, long end) {}

    /**
     * Reads the header of a file and checks it against the file's length.
     *
     * @throws InvalidInputException if the file is damaged
     */
    static SafetensorsHeader read(MappedFile file) throws InvalidInputException {
        if (file.byteSize() < LENGTH_BYTES) {
            throw damaged(file, "is not a safetensors file: its length is " + file.byteSize()
                    + ", less than the 8 bytes before a header");
        }
        long length = littleEndian(file.bytes(0, LENGTH_BYTES));
        long remaining = file.byteSize() - LENGTH_BYTES;
        if (Long.compareUnsigned(length, LARGEST_HEADER) > 0) {
            throw damaged(file, "declares a header of " + Long.toUnsignedString(length) + " bytes, more than the "
                    + LARGEST_HEADER + " allowed");
        }
        if (length > remaining) {
            throw damaged(file, "declares a header of " + length + " bytes, but only " + remaining + " follow");
        }
        List<Placed> tensors = new SafetensorsHeaderParser(file).parse(file.bytes(LENGTH_BYTES, (int) length));
        requireGapless(file, tensors, remaining - length);
        return new SafetensorsHeader(LENGTH_BYTES + length, tensors);
    }

    private static long littleEndian(byte[] bytes) {
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | (bytes[i] & 0xff);
        }
        return value;
    }

    private static void requireGapless(MappedFile file, List<Placed> tensors, long dataLength)
            throws InvalidInputException {
        long expected = 0;
        List<Placed> sorted = tensors.stream()
                .sorted(Comparator.comparingLong(Placed::begin).thenComparingLong(Placed::end)).toList();
        for (Placed tensor : sorted) {
            String described = Quotation.of(tensor.info.name()) + " begins at byte " + tensor.begin + " of the data";
            if (tensor.begin < expected) {
                throw damaged(file,
                        "has tensors that overlap: " + described + ", the one before it ends at " + expected);
            }
            if (tensor.begin > expected) {
                throw damaged(file, "has a gap: " + described + ", what is before it ends at " + expected);
            }
            if (tensor.end > dataLength) {
                throw damaged(file, "is cut off: " + described + " and ends at " + tensor.end
                        + ", but the file has only " + dataLength);
            }
            expected = tensor.end;
        }
        if (expected < dataLength) {
            throw damaged(file, "has more data than tensors: they end at byte " + expected + " of " + dataLength);
        }
    }

    private static InvalidInputException damaged(MappedFile file, String message) {
        return file.damaged(message, HELP);
    }
}
