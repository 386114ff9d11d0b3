package io.xceptionc.compiler.plan;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Winograd;

/**
 * The factors of a matrix product and how it is cut into chunks.
 *
 * @param factor the sizes, {@code [pixels][depth] x [depth][columns]}
 * @param chunkRows how many rows of the left factor are filled before they are multiplied
 * @param sharesPanels whether threads share the panels of columns rather than the rows, which make too few tiles; then
 *        each fills all rows
 * @param sumsOfRow the sums of a panel that each row leaves until all of a chunk have theirs; 0 if a tile's are
 *        finished at once
 */
public record ProductPlan(RowsPlan.Factor factor, int chunkRows, boolean sharesPanels, int sumsOfRow) {

    /** With a row for each pixel; of few pixels, threads share the panels. */
    static ProductPlan ofPixels(RowsPlan.Factor factor) {
        return new ProductPlan(factor, RowsPlan.chunkPixels(factor), RowsPlan.sharesPanels(factor.pixels()), 0);
    }

    /** With rows that threads share, however few they are. */
    static ProductPlan ofSharedRows(RowsPlan.Factor factor) {
        return new ProductPlan(factor, RowsPlan.chunkPixels(factor), false, 0);
    }

    /**
     * With a row for each square; of few squares, threads share the panels if those are more than the squares' tiles.
     */
    static ProductPlan ofSquares(RowsPlan.Factor factor) {
        int tiles = Math.ceilDiv(factor.pixels(), Frame.LARGEST_TILE);
        boolean hasManyPanels = Math.ceilDiv(factor.columns(), ImageLayout.CHANNELS) >= tiles;
        return new ProductPlan(factor, RowsPlan.chunkPixels(factor),
                hasManyPanels && RowsPlan.sharesPanels(factor.pixels()), Winograd.COMPONENTS * ImageLayout.CHANNELS);
    }

    /** The floats that a chunk's rows and the sums behind them take. */
    int floats(int strideFloats) {
        return Math.addExact(Math.multiplyExact(chunkRows + Frame.LARGEST_TILE, strideFloats), chunkRows * sumsOfRow);
    }

    /** The products of numbers. */
    long multiplications() {
        return (long) factor.pixels() * factor.depth() * factor.columns();
    }
}
