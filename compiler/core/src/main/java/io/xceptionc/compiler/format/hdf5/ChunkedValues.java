package io.xceptionc.compiler.format.hdf5;

import io.jhdf.dataset.chunked.Chunk;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.TensorInfo;
import java.lang.foreign.MemorySegment;

/** Puts a dataset together from its chunks. */
final class ChunkedValues {

    private final Hdf5File file;
    private final TensorInfo info;
    private final ChunkTable table;
    private final int[] shape;
    private final int[] chunkShape;
    private final int chunkByteCount;
    private final float[] values;

    ChunkedValues(Hdf5File file, TensorInfo info, ChunkTable table) {
        this.file = file;
        this.info = info;
        this.table = table;
        this.shape = info.shape().stream().mapToInt(Math::toIntExact).toArray();
        this.chunkShape = table.chunkShape();
        this.chunkByteCount = ChunkTable.chunkByteCount(chunkShape, info);
        this.values = new float[Math.toIntExact(info.elementCount())];
    }

    /** The elements of all chunks, row-major. */
    float[] read() {
        table.chunks().forEach(this::read);
        return values;
    }

    private void read(Chunk chunk) {
        byte[] stored;
        try {
            stored = file.bytes().bytes(file.storage().fileOffset(chunk.getAddress()), chunk.getSize());
        } catch (InvalidInputException unreadable) {
            throw new MappedStorage.UnreadableException(unreadable);
        }
        byte[] bytes = table.filters().undo(stored, chunk.getFilterMask(), chunkByteCount);
        float[] chunkValues = info.type().read(MemorySegment.ofArray(bytes));
        copy(chunkValues, chunk.getChunkOffset(), 0, 0, 0);
    }

    /** Copies what of a chunk lies inside the dataset, axis by axis; both starts are counted in the axes before. */
    private void copy(float[] chunkValues, long[] place, int axis, int chunkStart, int start) {
        int first = (int) place[axis];
        int count = Math.min(chunkShape[axis], shape[axis] - first);
        if (axis == shape.length - 1) {
            System.arraycopy(chunkValues, chunkStart * chunkShape[axis], values, start * shape[axis] + first, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            copy(chunkValues, place, axis + 1, chunkStart * chunkShape[axis] + i, start * shape[axis] + first + i);
        }
    }
}
