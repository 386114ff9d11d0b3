package io.xceptionc.compiler.plan;

/**
 * The factors of a matrix product and how it is cut into chunks.
 *
 * @param factor the sizes, {@code [pixels][depth] x [depth][columns]}
 * @param chunkRows how many rows of the left factor are filled before they are multiplied
 * @param sharesPanels whether threads share the panels of columns rather than the rows, which make too few tiles; then each fills all
 *        rows
 */
public record ProductPlan(RowsPlan.Factor factor, int chunkRows, boolean sharesPanels) {

    /** With a row for each pixel; of few pixels, threads share the panels. */
    static ProductPlan ofPixels(RowsPlan.Factor factor) {
        return new ProductPlan(factor, RowsPlan.chunkPixels(factor), RowsPlan.sharesPanels(factor.pixels()));
    }

    /** With rows that threads share, however few they are. */
    static ProductPlan ofSharedRows(RowsPlan.Factor factor) {
        return new ProductPlan(factor, RowsPlan.chunkPixels(factor), false);
    }

    /** The products of numbers. */
    long multiplications() {
        return (long) factor.pixels() * factor.depth() * factor.columns();
    }
}
