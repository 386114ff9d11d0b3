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

/** An image of another size, {@code [h, w, c] -> [h', w', c]}, rows and columns each by a {@link Resampling}. */
public enum ResizeKernel implements SharedKernel {

    /** Each pixel is the nearest of the image. */
    RESIZE_NEAREST,
    /** Each pixel is between four of the image. */
    RESIZE_BILINEAR;

    @Override
    public Class<?> loopsClass() {
        return ResizeKernel.class;
    }

    @Override
    public List<String> loops() {
        return List.of(this == RESIZE_NEAREST ? "pick" : "blend");
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        if (this == RESIZE_NEAREST) {
            pick(frame.arena(), 0, frame.noPixels(), 0, count);
        } else {
            blend(frame.arena(), 0, 0, 0, frame.noPixels(), frame.noPixels(), frame.sums(0), 0, count);
        }
    }

    /** Computes the rows of output blocks from first to before last, counted through all blocks. */
    public void rows(Frame frame, ImageLayout input, ImageLayout output, Resampling rows, Resampling columns,
            int firstRow, int lastRow) {
        for (int row = firstRow; row < lastRow; row++) {
            int block = row / output.height();
            int y = row % output.height();
            long above = input.origin(block) + rows.first()[y] * input.rowBytes();
            long below = input.origin(block) + rows.second()[y] * input.rowBytes();
            long to = output.origin(block) + y * output.rowBytes();
            if (this == RESIZE_NEAREST) {
                pick(frame.arena(), above, columns.first(), to, output.width());
            } else {
                blend(frame.arena(), above, below, rows.weights()[y], columns.first(), columns.second(),
                        columns.weights(), to, output.width());
            }
        }
    }

    private static void pick(MemorySegment arena, long from, int[] columns, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        for (int x = 0; x < count; x++) {
            long source = from + columns[x] * PIXEL_BYTES;
            for (long lane = 0; lane < PIXEL_BYTES; lane += VECTOR_BYTES) {
                FloatVector.fromMemorySegment(SPECIES, arena, source + lane, ORDER)
                        .intoMemorySegment(arena, to + x * PIXEL_BYTES + lane, ORDER);
            }
        }
    }

    private static void blend(MemorySegment arena, long above, long below, float weightBelow, int[] before, int[] after,
            float[] weights, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        for (int x = 0; x < count; x++) {
            for (long lane = 0; lane < PIXEL_BYTES; lane += VECTOR_BYTES) {
                long left = before[x] * PIXEL_BYTES + lane;
                long right = after[x] * PIXEL_BYTES + lane;
                FloatVector a = FloatVector.fromMemorySegment(SPECIES, arena, above + left, ORDER);
                FloatVector b = FloatVector.fromMemorySegment(SPECIES, arena, above + right, ORDER);
                FloatVector c = FloatVector.fromMemorySegment(SPECIES, arena, below + left, ORDER);
                FloatVector d = FloatVector.fromMemorySegment(SPECIES, arena, below + right, ORDER);
                FloatVector weight = FloatVector.broadcast(SPECIES, weights[x]);
                FloatVector upper = b.sub(a).fma(weight, a);
                FloatVector lower = d.sub(c).fma(weight, c);
                lower.sub(upper).fma(FloatVector.broadcast(SPECIES, weightBelow), upper)
                        .intoMemorySegment(arena, to + x * PIXEL_BYTES + lane, ORDER);
            }
        }
    }
}
