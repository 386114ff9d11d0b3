package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.OFF_HEAP;
import static io.xceptionc.runtime.kernel.shared.Vectors.ORDER;
import static io.xceptionc.runtime.kernel.shared.Vectors.PIXEL_BYTES;
import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;
import static io.xceptionc.runtime.kernel.shared.Vectors.VECTOR_BYTES;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/** Zeros to the border of a value: above it, between its rows, below it. */
public enum BorderKernel implements SharedKernel {

    /** The only one. */
    CLEAR_BORDER;

    @Override
    public Class<?> loopsClass() {
        return BorderKernel.class;
    }

    @Override
    public List<String> loops() {
        return List.of("clear");
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        clear(frame.arena(), 0, count);
    }

    /** Clears the border of the blocks from first to before last. */
    public void clearBlocks(Frame frame, ImageLayout layout, int firstBlock, int lastBlock) {
        int gap = layout.left() + layout.right();
        for (int block = firstBlock; block < lastBlock; block++) {
            long start = layout.byteOffset() + block * layout.blockBytes();
            long origin = layout.origin(block);
            clear(frame.arena(), start, (int) ((origin - start) / PIXEL_BYTES));
            for (int y = 1; y < layout.height(); y++) {
                clear(frame.arena(), origin + y * layout.rowBytes() - gap * PIXEL_BYTES, gap);
            }
            long end = origin + (layout.height() - 1) * layout.rowBytes() + layout.width() * PIXEL_BYTES;
            clear(frame.arena(), end, layout.right() + (int) (layout.bottom() * layout.rowBytes() / PIXEL_BYTES));
        }
    }

    private static void clear(MemorySegment arena, long start, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long end = start + count * PIXEL_BYTES;
        for (long at = start; at < end; at += VECTOR_BYTES) {
            FloatVector.zero(SPECIES).intoMemorySegment(arena, at, ORDER);
        }
    }
}
