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
    private final MemorySegment[] outputs;
    private final long[] outputByteOffsets;
    private MemorySegment input;
    private long inputByteOffset;

    /**
     * With a network's weights, the memory of its values, and for each of some threads its matrix rows; for one result.
     *
     * @param rowsFloats the length of each thread's matrix rows
     * @throws IllegalArgumentException if a segment is not off the heap, as kernels know no other
     */
    public Frame(MemorySegment constants, MemorySegment arena, int threads, int rowsFloats) {
        this(constants, arena, threads, rowsFloats, 1);
    }

    /**
     * The same for a network that yields several results.
     *
     * @param outputCount how many
     */
    public Frame(MemorySegment constants, MemorySegment arena, int threads, int rowsFloats, int outputCount) {
        requireOffHeap(constants);
        requireOffHeap(arena);
        this.constants = constants;
        this.arena = arena;
        rows = new float[threads][rowsFloats];
        sums = new float[threads][Winograd.COMPONENTS * Winograd.COMPONENT_SUMS];
        outputs = new MemorySegment[outputCount];
        outputByteOffsets = new long[outputCount];
    }

    private static void requireOffHeap(MemorySegment segment) {
        if (!segment.getClass().equals(MemorySegment.NULL.getClass())) {
            throw new IllegalArgumentException("kernels work on segments off the heap, not on " + segment);
        }
    }

    /** Says where the next image comes from and where its one result goes. */
    public void bind(MemorySegment nextInput, long nextInputByteOffset, MemorySegment nextOutput,
            long nextOutputByteOffset) {
        bindInput(nextInput, nextInputByteOffset);
        bindOutput(0, nextOutput, nextOutputByteOffset);
    }

    /** Says where the next image comes from. */
    public void bindInput(MemorySegment next, long nextByteOffset) {
        input = next;
        inputByteOffset = nextByteOffset;
    }

    /** Says where a result of the next image goes. */
    public void bindOutput(int index, MemorySegment next, long nextByteOffset) {
        outputs[index] = next;
        outputByteOffsets[index] = nextByteOffset;
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
     * The matrix rows of the thread that does a part: the left factors of its products. An array, as HotSpot checks the
     * bounds of many neighbouring elements at once there, but not in a segment.
     */
    public float[] rows(int part) {
        return rows[part];
    }

    /**
     * The sums of one tile of a product of the thread that does a part, {@code [pixel][32]}, or of each of its
     * components.
     */
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

    /** The caller's results; of several, the first. */
    public MemorySegment output() {
        return output(0);
    }

    /** The caller's results of one of the outputs. */
    public MemorySegment output(int index) {
        return outputs[index];
    }

    /** Where the result at hand begins in {@link #output()}. */
    public long outputByteOffset() {
        return outputByteOffset(0);
    }

    /** Where the result at hand begins in {@link #output(int)}. */
    public long outputByteOffset(int index) {
        return outputByteOffsets[index];
    }
}
