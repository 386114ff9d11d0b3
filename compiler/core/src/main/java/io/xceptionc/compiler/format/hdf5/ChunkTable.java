package io.xceptionc.compiler.format.hdf5;

import io.jhdf.Constants;
import io.jhdf.ObjectHeader;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV1;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.DatasetInfo;
import io.jhdf.dataset.chunked.indexing.FixedArrayIndex;
import io.jhdf.dataset.chunked.indexing.SingleChunkIndex;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.FilterPipelineMessage;
import io.xceptionc.compiler.format.file.Inflation;
import io.xceptionc.compiler.format.file.TensorInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the chunks of a dataset are. */
final class ChunkTable {

    /** More than the bytes of a dataset of any size would be cut into. */
    private static final long MOST_CHUNKS = 1 << 20;

    /** Chunks that are larger than their dataset, because that may grow, are not larger than this. */
    private static final long LARGEST_SPARE_CHUNK = 1L << 24;

    private final List<Chunk> chunks;
    private final int[] chunkShape;
    private final ChunkFilters filters;

    private ChunkTable(List<Chunk> chunks, int[] chunkShape, ChunkFilters filters) {
        this.chunks = chunks;
        this.chunkShape = chunkShape;
        this.filters = filters;
    }

    /** Each with its first element's index, its address, and its size in the file. */
    List<Chunk> chunks() {
        return chunks;
    }

    /** The sizes of a chunk, the same for all; those at the edges stick out. */
    int[] chunkShape() {
        return chunkShape.clone();
    }

    /** What was done to each chunk before it was stored. */
    ChunkFilters filters() {
        return filters;
    }

    /** The table of a chunked dataset; empty if it is not chunked. */
    static Optional<ChunkTable> read(MappedStorage storage, ObjectHeader header, DataLayoutMessage layout,
            TensorInfo info) {
        List<FilterPipelineMessage> messages = header.getMessagesOfType(FilterPipelineMessage.class);
        ChunkFilters filters = ChunkFilters.of(messages);
        long[] shape = info.shape().stream().mapToLong(Long::longValue).toArray();
        return switch (layout) {
            case ChunkedDataLayoutMessage byTree -> {
                int[] chunkShape = checked(byTree.getChunkDimensions(), shape);
                yield Optional.of(new ChunkTable(byTree(storage, byTree.getBTreeAddress(), shape.length), chunkShape,
                        filters));
            }
            case ChunkedDataLayoutMessageV4 recent -> {
                int[] sizes = recent.getChunkDimensions();
                int[] chunkShape = checked(Arrays.copyOf(sizes, sizes.length - 1), shape);
                DatasetInfo dataset = new DatasetInfo(chunkByteCount(chunkShape, info), shape, chunkShape);
                yield Optional.of(new ChunkTable(byIndex(storage, recent, dataset), chunkShape, filters));
            }
            default -> {
                filters.requireNone();
                yield Optional.empty();
            }
        };
    }

    private static int[] checked(int[] chunkShape, long[] shape) {
        if (chunkShape.length != shape.length || chunkShape.length == 0
                || Arrays.stream(chunkShape).anyMatch(size -> size < 1)) {
            throw Refusal.damaged("has chunks of the shape " + Arrays.toString(chunkShape) + ", which do not fit "
                    + Arrays.toString(shape));
        }
        long count = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            count = Math.multiplyExact(count, Math.ceilDiv(shape[axis], (long) chunkShape[axis]));
        }
        if (count > MOST_CHUNKS) {
            throw Refusal.damaged("is cut into more than " + MOST_CHUNKS + " chunks");
        }
        return chunkShape;
    }

    private static List<Chunk> byTree(MappedStorage storage, long address, int rank) {
        return address == Constants.UNDEFINED_ADDRESS
                ? List.of()
                : BTreeV1.createDataBTree(storage, address, rank).getChunks();
    }

    private static Collection<Chunk> indexed(MappedStorage storage, ChunkedDataLayoutMessageV4 layout,
            DatasetInfo dataset) {
        return switch (layout.getIndexingType()) {
            case ChunkedDataLayoutMessageV4.SINGLE_CHUNK_INDEX -> new SingleChunkIndex(layout, dataset).getAllChunks();
            case ChunkedDataLayoutMessageV4.FIXED_ARRAY_INDEX -> {
                requireSmall(storage, layout.getAddress());
                yield new FixedArrayIndex(storage, layout.getAddress(), dataset).getAllChunks();
            }
            default -> throw Refusal.unsupported("has an index of chunks for data that grows",
                    "h5repack -l CONTI IN OUT stores all datasets in one piece");
        };
    }

    private static List<Chunk> byIndex(MappedStorage storage, ChunkedDataLayoutMessageV4 layout, DatasetInfo dataset) {
        return layout.getAddress() == Constants.UNDEFINED_ADDRESS
                ? List.of()
                : List.copyOf(indexed(storage, layout, dataset));
    }

    /** jHDF allocates room for as many chunks as an array declares. */
    private static void requireSmall(MappedStorage storage, long address) {
        int lengthBefore = 8;
        ByteBuffer header = storage.readBufferFromAddress(address, lengthBefore + storage.getSizeOfLengths());
        long count = Utils.readBytesAsUnsignedLong(header.position(lengthBefore), storage.getSizeOfLengths());
        if (count < 0 || count > MOST_CHUNKS) {
            throw Refusal.damaged("is cut into more than " + MOST_CHUNKS + " chunks");
        }
    }

    /** The bytes of a chunk before it was stored. */
    static int chunkByteCount(int[] chunkShape, TensorInfo info) {
        long count = info.type().byteSize();
        for (int size : chunkShape) {
            count = Math.multiplyExact(count, (long) size);
        }
        if (count > Integer.MAX_VALUE) {
            throw Refusal.damaged("has chunks of " + count + " bytes");
        }
        return (int) count;
    }

    /** Refuses a table that lacks chunks or has too many, or that declares wonders beside what is stored. */
    void requireSound(TensorInfo info, MappedStorage storage) {
        long expected = 1;
        for (int axis = 0; axis < chunkShape.length; axis++) {
            expected *= Math.ceilDiv(info.shape().get(axis), (long) chunkShape[axis]);
        }
        if (chunks.size() != expected) {
            throw Refusal.damaged("should have " + expected + " chunks, but " + chunks.size() + " are stored");
        }
        int chunkBytes = chunkByteCount(chunkShape, info);
        if (chunkBytes > Math.max(info.byteCount(), LARGEST_SPARE_CHUNK)) {
            throw Refusal.damaged("has chunks of " + chunkBytes + " bytes, but only " + info.byteCount() + " itself");
        }
        long stored = 0;
        Set<List<Long>> places = new HashSet<>();
        for (Chunk chunk : chunks) {
            storage.requireInside(chunk.getAddress(), chunk.getSize());
            stored += chunk.getSize();
            requirePlace(chunk.getChunkOffset(), info);
            if (!places.add(Arrays.stream(chunk.getChunkOffset()).boxed().toList())) {
                throw Refusal.damaged("has two chunks for one place");
            }
        }
        long byteCount = info.byteCount();
        if (Inflation.isSuspicious(stored, byteCount)) {
            throw Refusal.damaged("is to become " + byteCount + " bytes of the " + stored + " that are stored");
        }
    }

    private void requirePlace(long[] place, TensorInfo info) {
        for (int axis = 0; axis < place.length; axis++) {
            if (place[axis] < 0 || place[axis] >= info.shape().get(axis) || place[axis] % chunkShape[axis] != 0) {
                throw Refusal.damaged("has a chunk at " + Arrays.toString(place) + ", where none can be");
            }
        }
    }
}
