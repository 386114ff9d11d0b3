package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.FLOAT;
import static io.xceptionc.runtime.kernel.shared.Vectors.OFF_HEAP;
import static io.xceptionc.runtime.kernel.shared.Vectors.ORDER;
import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;
import static io.xceptionc.runtime.kernel.shared.Vectors.VECTOR_BYTES;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * Copies a box, {@code [rows, columns, channels]}, from a grid of one image to a grid of another, element by element
 * unchanged: crops and slices, parts of a concatenation, one phase of {@code depth_to_space}, {@code space_to_depth} or
 * nearest neighbours, a mirrored border. Channels may begin anywhere on either side. A run of channels within a block
 * is moved by whole vectors, the last of which overlaps the one before; a run shorter than a vector by pairs of numbers
 * in the same way.
 */
public enum BoxKernel implements SharedKernel {

    /** The only one. */
    COPY_BOX;

    private static final ValueLayout.OfLong PAIR = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final int PAIR_BYTES = 8;

    @Override
    public Class<?> loopsClass() {
        return BoxKernel.class;
    }

    @Override
    public List<String> loops() {
        return List.of("copyVectors", "copyPairs");
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        switch (loop) {
            case 0 -> copyVectors(frame.arena(), 0, 0, 0, 0, count, VECTOR_BYTES);
            default -> copyPairs(frame.arena(), 0, 0, 0, 0, count, PAIR_BYTES);
        }
    }

    /** Copies the rows of a box from first to before last. */
    public void rows(Frame frame, Grid source, Grid target, int columns, int channels, int firstRow, int lastRow) {
        for (int channel = 0; channel < channels;) {
            int run = Math.min(channels - channel, Math.min(source.run(channel), target.run(channel)));
            for (int row = firstRow; row < lastRow; row++) {
                copyLine(frame, source.offset(row, channel), source.pixelStep(), target.offset(row, channel),
                        target.pixelStep(), columns, run * 4L);
            }
            channel += run;
        }
    }

    private static void copyLine(Frame frame, long from, long fromStep, long to, long toStep, int count, long bytes) {
        MemorySegment arena = frame.arena();
        if (bytes == fromStep && bytes == toStep) {
            MemorySegment.copy(arena, from, arena, to, count * bytes);
        } else if (bytes >= VECTOR_BYTES) {
            copyVectors(arena, from, fromStep, to, toStep, count, bytes);
        } else if (bytes >= PAIR_BYTES) {
            copyPairs(arena, from, fromStep, to, toStep, count, bytes);
        } else {
            copyNumbers(count, arena, from, fromStep, to, toStep);
        }
    }

    private static void copyVectors(MemorySegment arena, long from, long fromStep, long to, long toStep, int count,
            long bytes) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long last = bytes - VECTOR_BYTES;
        for (int pixel = 0; pixel < count; pixel++) {
            long source = from + pixel * fromStep;
            long target = to + pixel * toStep;
            for (long at = 0; at < last; at += VECTOR_BYTES) {
                FloatVector.fromMemorySegment(SPECIES, arena, source + at, ORDER)
                        .intoMemorySegment(arena, target + at, ORDER);
            }
            FloatVector.fromMemorySegment(SPECIES, arena, source + last, ORDER)
                    .intoMemorySegment(arena, target + last, ORDER);
        }
    }

    private static void copyPairs(MemorySegment arena, long from, long fromStep, long to, long toStep, int count,
            long bytes) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long last = bytes - PAIR_BYTES;
        for (int pixel = 0; pixel < count; pixel++) {
            long source = from + pixel * fromStep;
            long target = to + pixel * toStep;
            for (long at = 0; at < last; at += PAIR_BYTES) {
                arena.set(PAIR, target + at, arena.get(PAIR, source + at));
            }
            arena.set(PAIR, target + last, arena.get(PAIR, source + last));
        }
    }

    /** Single numbers, which C1 compiles well. */
    private static void copyNumbers(int count, MemorySegment arena, long from, long fromStep, long to, long toStep) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        for (int pixel = 0; pixel < count; pixel++) {
            arena.set(FLOAT, to + pixel * toStep, arena.get(FLOAT, from + pixel * fromStep));
        }
    }
}
