package io.xceptionc.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The memory that the steps of one run work on. Its segments never change; where the image at hand lies in the caller's
 * segments does.
 */
public final class Frame {

    private final MemorySegment constants;
    private final MemorySegment arena;
    private final MemorySegment[] rows;
    private MemorySegment input;
    private MemorySegment output;
    private long inputByteOffset;
    private long outputByteOffset;

    /**
     * With a network's weights, the memory of its values, and for each thread the memory of its matrix rows.
     */
    public Frame(MemorySegment constants, MemorySegment arena, MemorySegment[] rows) {
        this.constants = constants;
        this.arena = arena;
        this.rows = rows.clone();
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

    /** The matrix rows of one thread: the left factors of its products. */
    public MemorySegment rows(int part) {
        return rows[part];
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
