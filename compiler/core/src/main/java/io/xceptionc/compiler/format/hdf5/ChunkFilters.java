package io.xceptionc.compiler.format.hdf5;

import io.jhdf.filter.ByteShuffleFilter;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.xceptionc.compiler.diagnostic.Quotation;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What was done to chunks before they were stored: deflate (gzip), shuffle and the checksum fletcher32, nothing else.
 *
 * @param filters in the order in which they were applied
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">HDF5 file format specification, filter
 *      pipeline message</a>
 */
record ChunkFilters(List<FilterInfo> filters) {

    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;

    private static final int CHECKSUM_BYTES = 4;

    /** Deflate makes of one byte no more than this. */
    private static final long HIGHEST_RATIO = 1032;

    /** Those of a dataset, which has one message of them at most. */
    static ChunkFilters of(List<FilterPipelineMessage> messages) {
        if (messages.size() > 1) {
            throw Refusal.damaged("declares its filters twice");
        }
        List<FilterInfo> filters = messages.stream().flatMap(message -> message.getFilters().stream()).toList();
        for (FilterInfo filter : filters) {
            if (filter.getId() != DEFLATE && filter.getId() != SHUFFLE && filter.getId() != FLETCHER32) {
                throw Refusal.unsupported("is stored through the filter " + filter.getId() + " "
                        + Quotation.of(filter.getName()) + ", which is not known here",
                        "h5repack -f GZIP=4 IN OUT stores it through one that is");
            }
        }
        return new ChunkFilters(filters);
    }

    /** Refuses filters where there are no chunks. */
    void requireNone() {
        if (!filters.isEmpty()) {
            throw Refusal.damaged("has filters, but no chunks");
        }
    }

    /**
     * The bytes of a chunk as they were before.
     *
     * @param stored as they are in the file
     * @param skipped the filters that were not applied to this chunk
     * @param byteCount how many must come out
     */
    byte[] undo(byte[] stored, BitSet skipped, int byteCount) {
        byte[] bytes = stored;
        for (int i = filters.size() - 1; i >= 0; i--) {
            if (!skipped.get(i)) {
                bytes = undo(filters.get(i), bytes, byteCount);
            }
        }
        if (bytes.length != byteCount) {
            throw Refusal.damaged("has a chunk of " + bytes.length + " bytes instead of " + byteCount);
        }
        return bytes;
    }

    private static byte[] undo(FilterInfo filter, byte[] bytes, int byteCount) {
        return switch (filter.getId()) {
            case DEFLATE -> inflated(bytes, byteCount);
            case SHUFFLE -> {
                if (filter.getData().length != 1 || filter.getData()[0] < 1) {
                    throw Refusal.damaged("is shuffled without a size of elements");
                }
                yield new ByteShuffleFilter().decode(bytes, filter.getData());
            }
            default -> verified(bytes);
        };
    }

    /** Deflate may stand before or after the checksum, so its result may be longer than the chunk by that. */
    private static byte[] inflated(byte[] bytes, int byteCount) {
        if (byteCount > HIGHEST_RATIO * bytes.length) {
            throw Refusal.damaged("is to become " + byteCount + " bytes of a chunk of " + bytes.length);
        }
        byte[] result = new byte[byteCount + CHECKSUM_BYTES];
        int length = 0;
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(bytes);
            int added = 1;
            while (added > 0 && length < result.length) {
                added = inflater.inflate(result, length, result.length - length);
                length += added;
            }
            boolean tooLong = length == result.length && inflater.inflate(new byte[1]) > 0;
            if (tooLong || !inflater.finished()) {
                throw Refusal.damaged("has a chunk that inflates to another size than " + byteCount + " bytes");
            }
        } catch (DataFormatException malformed) {
            throw Refusal.damaged("has a chunk that cannot be inflated");
        }
        return Arrays.copyOf(result, length);
    }

    /** The bytes before the checksum, which must be theirs. */
    private static byte[] verified(byte[] bytes) {
        int length = bytes.length - CHECKSUM_BYTES;
        if (length < 0 || Fletcher32.of(bytes, length) != littleEndian(bytes, length)) {
            throw Refusal.damaged("has a chunk that does not match its checksum");
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int littleEndian(byte[] bytes, int byteOffset) {
        int value = 0;
        for (int i = CHECKSUM_BYTES - 1; i >= 0; i--) {
            value = value << 8 | Byte.toUnsignedInt(bytes[byteOffset + i]);
        }
        return value;
    }
}
