package io.xceptionc.compiler.plan;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;

/**
 * How the rows of products' left factors lie in the memory of a thread: {@code [pixel][stride]}, float32. The stride is a
 * constant of the kernel that reads them, and each kernel takes HotSpot time to compile, so a model has but one.
 *
 * @param strideFloats from a row to the next
 * @param floats what a thread needs
 */
public record RowsPlan(int strideFloats, int floats) {

    /** A number of rows that the tiles of all vector widths divide. */
    public static final int TILE_MULTIPLE = 78;

    private static final int SHALLOW = 160;
    private static final int BYTES_OF_SHALLOW = 80 << 10;
    private static final int BYTES_OF_DEEP = 600 << 10;
    private static final int PAGE_FLOATS = 1024;

    /** The left factor of a product: {@code [pixels][depth]}. */
    record Factor(int pixels, int depth) {}

    /**
     * For products with the given left factors. A row has a block to spare, as kernels write whole vectors; a stride that is a
     * multiple of a page would put all rows into the same few lines of a cache.
     */
    static RowsPlan of(List<Factor> factors) {
        int deepest = factors.stream().mapToInt(Factor::depth).max().orElse(1);
        int stride = Math.ceilDiv(deepest + ImageLayout.CHANNELS, 16) * 16;
        if (stride % PAGE_FLOATS == 0) {
            stride += 16;
        }
        int rows = factors.stream().mapToInt(factor -> chunkPixels(factor.pixels(), factor.depth())).max().orElse(1);
        return new RowsPlan(stride, Math.multiplyExact(rows + Frame.LARGEST_TILE, stride));
    }

    /**
     * How many rows of a product are filled before they are multiplied. Rows of shallow products stay in the first-level cache with
     * a panel of weights. Those of deep ones share the second level with their weights, which come from further away for each chunk.
     */
    public static int chunkPixels(int pixels, int depth) {
        double bytes = (double) pixels * depth * Float.BYTES;
        long chunks = Math.round(bytes / (depth <= SHALLOW ? BYTES_OF_SHALLOW : BYTES_OF_DEEP));
        if (chunks <= 1) {
            return Math.ceilDiv(pixels, TILE_MULTIPLE) * TILE_MULTIPLE;
        }
        return Math.max(1, Math.toIntExact(Math.round((double) pixels / chunks / TILE_MULTIPLE))) * TILE_MULTIPLE;
    }
}
