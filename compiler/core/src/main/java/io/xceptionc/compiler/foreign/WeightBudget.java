package io.xceptionc.compiler.foreign;

import io.xceptionc.compiler.graph.TensorType;

/** Sees to it that the weights of an imported model fit into memory. */
public final class WeightBudget {

    /**
     * The file's values, those brought into another order, and those written to another file are in memory at a time.
     */
    private static final int COPIES = 3;

    private final long mostElements;
    private long elementTotal;

    /** For a heap of a size. */
    public WeightBudget(long heapBytes) {
        mostElements = heapBytes / Float.BYTES / COPIES;
    }

    /** Takes so many elements more, for one tensor, before they are read. */
    public void take(long count) throws CannotImportException {
        elementTotal += count;
        if (count > TensorType.LARGEST_ELEMENT_COUNT) {
            throw new CannotImportException("it has more than " + TensorType.LARGEST_ELEMENT_COUNT + " weights", "");
        }
        if (elementTotal > mostElements) {
            throw new CannotImportException("with it the weights pass what fits into the Java heap",
                    "give Java more memory with -Xmx");
        }
    }
}
