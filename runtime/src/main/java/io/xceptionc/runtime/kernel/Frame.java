package io.xceptionc.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The memory that the steps of one run work on. Its segments never change; where the image at hand lies in the caller's
 * segments does.
 */
public final class Frame {

    /** The most pixels of a product's tile. */
    public static final int LARGEST_TILE = 16;

    private final MemorySegment constants;
    private final MemorySegment arena;
    private final float[][] rows;
    private final float[][] sums;
    private final int[] noPixels = new int[LARGEST_TILE * Winograd.SQUARE_PIXELS];
    private MemorySegment input;
    private MemorySegment output;
    private long inputByteOffset;
    private long outputByteOffset;

    /**
     * With a network's weights, the memory of its values, and for each of some threads its matrix rows.
     *
     * @param rowsFloats the length of each thread's matrix rows
     * @throws IllegalArgumentException if a segment is not off the heap, as kernels know no other
     */
    public Frame(MemorySegment constants, MemorySegment arena, int threads, int rowsFloats) {
        requireOffHeap(constants);
        requireOffHeap(arena);
        this.constants = constants;
        this.arena = arena;
        rows = new float[threads][rowsFloats];
        sums = new float[threads][Winograd.COMPONENTS * Winograd.COMPONENT_SUMS];
    }

    private static void requireOffHeap(MemorySegment segment) {
        if (!segment.getClass().equals(MemorySegment.NULL.getClass())) {
            throw new IllegalArgumentException("kernels work on segments off the heap, not on " + segment);
        }
    }

    /** Says where the next image comes from and where its result goes. */
    public void bind(MemorySegment nextInput, long nextInputByteOffset, MemorySegment nextOutput,
            long nextOutputByteOffset) {
        input = nextInput;
        inputByteOffset = nextInputByteOffset;
        output = nextOutput;
        outputByteOffset = nextOutputByteOffset;
    }

    /** Weights packed for the kernels, and tables. */
    public MemorySegment constants() {
        return constants;
    }

    /** The values between the layers. */
    public MemorySegment arena() {
        return arena;
    }

    /**
     * The matrix rows of the thread that does a part: the left factors of its products. An array, as HotSpot checks the bounds of
     * many neighbouring elements at once there, but not in a segment.
     */
    public float[] rows(int part) {
        return rows[part];
    }

    /** The sums of one tile of a product of the thread that does a part, {@code [pixel][32]}, or of each of its components. */
    public float[] sums(int part) {
        return sums[part];
    }

    /** Offsets of pixels that all are the first, for a warm-up. */
    public int[] noPixels() {
        return noPixels;
    }

    /** The caller's images. */
    public MemorySegment input() {
        return input;
    }

    /** Where the image at hand begins in {@link #input}. */
    public long inputByteOffset() {
        return inputByteOffset;
    }

    /** The caller's results. */
    public MemorySegment output() {
        return output;
    }

    /** Where the result at hand begins in {@link #output}. */
    public long outputByteOffset() {
        return outputByteOffset;
    }
}
