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

/** Constants by channel, {@code [h, w, c] x [c] -> [h, w, c]}; the result may replace the input. */
public enum AffineKernel implements SharedKernel {

    /** {@code x * scale + shift}. */
    AFFINE,
    /** {@code x < 0 ? slope * x : x}, the slope by channel. */
    PRELU;

    @Override
    public Class<?> loopsClass() {
        return AffineKernel.class;
    }

    @Override
    public List<String> loops() {
        return List.of(label());
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        run(frame, 0, 0, 0, 0, count);
    }

    /**
     * Computes the rows of blocks from first to before last, counted through all blocks.
     *
     * @param scale where in the constants the first numbers are: scales or slopes, {@code [block][32]}
     * @param shift where in the constants the shifts are; does not count where there are none
     */
    public void rows(Frame frame, ImageLayout input, long scale, long shift, ImageLayout output, int firstRow,
            int lastRow) {
        for (int row = firstRow; row < lastRow; row++) {
            int block = row / output.height();
            int y = row % output.height();
            run(frame, input.origin(block) + y * input.rowBytes(), scale + block * PIXEL_BYTES,
                    shift + block * PIXEL_BYTES, output.origin(block) + y * output.rowBytes(), output.width());
        }
    }

    private void run(Frame frame, long from, long scale, long shift, long to, int count) {
        switch (this) {
            case AFFINE -> affine(frame.arena(), from, frame.constants(), scale, shift, to, count);
            case PRELU -> prelu(frame.arena(), from, frame.constants(), scale, to, count);
        }
    }

    private static void affine(MemorySegment arena, long from, MemorySegment constants, long scale, long shift, long to,
            int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP || constants.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            long lane = at % PIXEL_BYTES;
            FloatVector factor = FloatVector.fromMemorySegment(SPECIES, constants, scale + lane, ORDER);
            FloatVector y = x.fma(factor, FloatVector.fromMemorySegment(SPECIES, constants, shift + lane, ORDER));
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    private static void prelu(MemorySegment arena, long from, MemorySegment constants, long slopes, long to,
            int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP || constants.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector slope = FloatVector.fromMemorySegment(SPECIES, constants, slopes + at % PIXEL_BYTES, ORDER);
            FloatVector y = x.blend(x.mul(slope), x.lt(0));
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }
}
