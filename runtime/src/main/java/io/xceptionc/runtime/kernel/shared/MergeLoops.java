package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.OFF_HEAP;
import static io.xceptionc.runtime.kernel.shared.Vectors.ORDER;
import static io.xceptionc.runtime.kernel.shared.Vectors.PIXEL_BYTES;
import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;
import static io.xceptionc.runtime.kernel.shared.Vectors.VECTOR_BYTES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The loops of {@link MergeKernel} over values of one shape
 * {@code [count, 32] x [count, 32] -> [count, 32]}.
 */
final class MergeLoops {

    private MergeLoops() {}

    static void add(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at, ORDER);
            x.add(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void subtract(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at, ORDER);
            x.sub(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void subtractFrom(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at, ORDER);
            y.sub(x).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void multiply(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at, ORDER);
            x.mul(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void maximum(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at, ORDER);
            x.max(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void minimum(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at, ORDER);
            x.min(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void divide(MemorySegment arena, long from, long other, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, arena, other + at, ORDER);
            x.div(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }
}
