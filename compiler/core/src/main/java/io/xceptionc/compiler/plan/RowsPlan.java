package io.xceptionc.compiler.plan;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;

/**
 * How the rows of products' left factors lie in the memory of a thread: {@code [pixel][stride]}, float32. The stride is
 * a constant of the kernel that reads them, and each kernel takes HotSpot time to compile, so a model has but one: it
 * is decided when all products are.
 *
 * @param strideFloats from a row to the next
 * @param floats what a thread needs
 */
public record RowsPlan(int strideFloats, int floats) {

    /** A number of rows that the tiles of all vector widths divide. */
    public static final int TILE_MULTIPLE = 78;

    private static final long LIGHT_BYTES = 512 << 10;
    private static final int BYTES_BESIDE_LIGHT = 96 << 10;
    private static final int BYTES_BESIDE_HEAVY = 1200 << 10;
    /** Wide rows take memory even where few of their columns are in use. */
    private static final int MOST_PIXELS = 5 * TILE_MULTIPLE;
    private static final int MOST_PIXELS_NOT_SHARED = 104;
    private static final int PAGE_FLOATS = 1024;

    /** The factors of a product: {@code [pixels][depth] x [depth][columns]}. */
    public record Factor(int pixels, int depth, int columns) {

        boolean hasLightWeights() {
            return (long) depth * columns * Float.BYTES <= LIGHT_BYTES;
        }
    }

    /**
     * For all products of a model. A row has a block to spare, as kernels write whole vectors; a stride that is a
     * multiple of a page would put all rows into the same few lines of a cache.
     */
    static RowsPlan of(List<ProductPlan> products) {
        int deepest = products.stream().mapToInt(product -> product.factor().depth()).max().orElse(1);
        int stride = Math.ceilDiv(deepest + ImageLayout.CHANNELS, 16) * 16;
        if (stride % PAGE_FLOATS == 0) {
            stride += 16;
        }
        int rowFloats = stride;
        return new RowsPlan(stride, products.stream().mapToInt(product -> product.floats(rowFloats)).max()
                .orElse((1 + Frame.LARGEST_TILE) * stride));
    }

    /** Whether threads share the panels of a product rather than its pixels, which make too few tiles. */
    public static boolean sharesPanels(int pixels) {
        return pixels <= MOST_PIXELS_NOT_SHARED;
    }

    /**
     * How many rows of a product are filled before they are multiplied. Where the weights stay in the second-level
     * cache from one chunk to the next, a chunk is small, so that its rows stay close, too. Heavier weights come from
     * further away for each chunk, so there are few of those.
     */
    static int chunkPixels(Factor factor) {
        double bytes = (double) factor.pixels() * factor.depth() * Float.BYTES;
        long chunks = Math.round(bytes / (factor.hasLightWeights() ? BYTES_BESIDE_LIGHT : BYTES_BESIDE_HEAVY));
        if (chunks <= 1 && factor.pixels() <= MOST_PIXELS) {
            return Math.ceilDiv(factor.pixels(), TILE_MULTIPLE) * TILE_MULTIPLE;
        }
        long even = Math.round((double) factor.pixels() / Math.max(1, chunks) / TILE_MULTIPLE) * TILE_MULTIPLE;
        return Math.clamp(even, TILE_MULTIPLE, MOST_PIXELS);
    }
}
