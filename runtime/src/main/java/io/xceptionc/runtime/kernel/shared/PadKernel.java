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

/**
 * An image within a larger one, {@code [h, w, c] -> [top + h + bottom, left + w + right, c]}. What is mirrored must be
 * there: a padding is shorter than the image to reflect, and no longer than it to mirror with its edge.
 */
public enum PadKernel implements SharedKernel {

    /** Around it a number: {@code n n | a b c | n n}. */
    PAD_CONSTANT,
    /** Around it the image itself, mirrored at its outermost pixels: {@code c b | a b c | b a}. */
    PAD_REFLECT,
    /** Around it the image itself, mirrored at its edge: {@code b a | a b c | c b}. */
    PAD_SYMMETRIC,
    /** Around it its outermost pixels: {@code a a | a b c | c c}. */
    PAD_EDGE;

    @Override
    public Class<?> loopsClass() {
        return PadKernel.class;
    }

    @Override
    public List<String> loops() {
        return List.of(this == PAD_CONSTANT ? "fill" : "copyPixels");
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        if (this == PAD_CONSTANT) {
            fill(frame.arena(), 0, count, 0);
        } else {
            copyPixels(frame.arena(), 0, 0, 0, count);
        }
    }

    /**
     * Computes the rows of output blocks from first to before last, counted through all blocks.
     *
     * @param top rows above the image
     * @param left columns before it
     * @param number what is around it, if a number is
     */
    public void rows(Frame frame, ImageLayout input, ImageLayout output, int top, int left, float number, int firstRow,
            int lastRow) {
        for (int row = firstRow; row < lastRow; row++) {
            int block = row / output.height();
            int y = row % output.height();
            long to = output.origin(block) + y * output.rowBytes();
            int sourceRow = mirrored(y - top, input.height());
            if (sourceRow < 0) {
                fill(frame.arena(), to, output.width(), number);
            } else {
                long from = input.origin(block) + sourceRow * input.rowBytes();
                padRow(frame, from, to, left, input.width(), output.width() - left - input.width(), number);
            }
        }
    }

    private void padRow(Frame frame, long from, long to, int left, int width, int right, float number) {
        MemorySegment arena = frame.arena();
        long inside = to + left * PIXEL_BYTES;
        long after = inside + width * PIXEL_BYTES;
        MemorySegment.copy(arena, from, arena, inside, width * PIXEL_BYTES);
        if (this == PAD_CONSTANT) {
            fill(arena, to, left, number);
            fill(arena, after, right, number);
        } else {
            long step = this == PAD_EDGE ? 0 : -PIXEL_BYTES;
            copyPixels(arena, from + mirrored(-left, width) * PIXEL_BYTES, step, to, left);
            copyPixels(arena, from + mirrored(width, width) * PIXEL_BYTES, step, after, right);
        }
    }

    /** Where in the image a row or column around it comes from; -1 for nowhere. */
    private int mirrored(int index, int size) {
        if (index >= 0 && index < size) {
            return index;
        }
        return switch (this) {
            case PAD_CONSTANT -> -1;
            case PAD_REFLECT -> index < 0 ? -index : 2 * size - 2 - index;
            case PAD_SYMMETRIC -> index < 0 ? -index - 1 : 2 * size - 1 - index;
            case PAD_EDGE -> index < 0 ? 0 : size - 1;
        };
    }

    private static void fill(MemorySegment arena, long to, int count, float number) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long end = to + count * PIXEL_BYTES;
        for (long at = to; at < end; at += VECTOR_BYTES) {
            FloatVector.broadcast(SPECIES, number).intoMemorySegment(arena, at, ORDER);
        }
    }

    private static void copyPixels(MemorySegment arena, long from, long step, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        for (int pixel = 0; pixel < count; pixel++) {
            for (long lane = 0; lane < PIXEL_BYTES; lane += VECTOR_BYTES) {
                FloatVector.fromMemorySegment(SPECIES, arena, from + pixel * step + lane, ORDER)
                        .intoMemorySegment(arena, to + pixel * PIXEL_BYTES + lane, ORDER);
            }
        }
    }
}
