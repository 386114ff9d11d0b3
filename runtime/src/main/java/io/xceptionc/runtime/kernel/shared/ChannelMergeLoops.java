package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.OFF_HEAP;
import static io.xceptionc.runtime.kernel.shared.Vectors.ORDER;
import static io.xceptionc.runtime.kernel.shared.Vectors.PIXEL_BYTES;
import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;
import static io.xceptionc.runtime.kernel.shared.Vectors.VECTOR_BYTES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** The loops of {@link MergeKernel} with a value of each channel: {@code [count, 32] x [32] -> [count, 32]}. */
final class ChannelMergeLoops {

    private ChannelMergeLoops() {}

    static void addChannels(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at % PIXEL_BYTES, ORDER);
            x.add(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void subtractChannels(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at % PIXEL_BYTES, ORDER);
            x.sub(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void subtractFromChannels(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at % PIXEL_BYTES, ORDER);
            y.sub(x).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void multiplyChannels(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at % PIXEL_BYTES, ORDER);
            x.mul(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void maximumChannels(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at % PIXEL_BYTES, ORDER);
            x.max(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void minimumChannels(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at % PIXEL_BYTES, ORDER);
            x.min(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void divideChannels(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at % PIXEL_BYTES, ORDER);
            x.div(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }
}
