package io.xceptionc.compiler.plan;

import io.xceptionc.runtime.kernel.ImageLayout;

/**
 * How the rows of products' left factors lie in the memory of a thread: {@code [pixel][stride]}, float32. The stride is a
 * constant of the kernel that reads them, so there are few of them in a model.
 *
 * @param strideFloats from a row to the next
 * @param chunkPixels how many rows are filled before they are multiplied
 */
public record RowsLayout(int strideFloats, int chunkPixels) {

    /** A number of rows that the tiles of all vector widths divide. */
    public static final int TILE_MULTIPLE = 42;

    private static final int BUDGET_BYTES = 768 << 10;
    private static final int PAGE_FLOATS = 1024;
    private static final int SPARE_ROWS = 16;

    /**
     * For products of at most the given depth. A row has a block to spare, as kernels write whole blocks; a stride that is a
     * multiple of a page would put all rows into the same few lines of a cache.
     */
    public static RowsLayout forDepth(int deepest) {
        int stride = Math.ceilDiv(deepest + ImageLayout.CHANNELS, 16) * 16;
        if (stride % PAGE_FLOATS == 0) {
            stride += 16;
        }
        int rows = BUDGET_BYTES / (stride * Float.BYTES);
        return new RowsLayout(stride, Math.max(1, rows / TILE_MULTIPLE) * TILE_MULTIPLE);
    }

    /** The deepest product that it serves. */
    public int deepest() {
        return strideFloats - ImageLayout.CHANNELS;
    }

    /** Bytes from a row to the next. */
    public long rowBytes() {
        return (long) strideFloats * Float.BYTES;
    }

    /** Bytes that a thread needs; a tile may read past the last row of a chunk. */
    public long bytes() {
        return (chunkPixels + SPARE_ROWS) * rowBytes();
    }
}
