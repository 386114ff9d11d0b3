package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.FLOAT;
import static io.xceptionc.runtime.kernel.shared.Vectors.OFF_HEAP;
import static io.xceptionc.runtime.kernel.shared.Vectors.ORDER;
import static io.xceptionc.runtime.kernel.shared.Vectors.PIXEL_BYTES;
import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;
import static io.xceptionc.runtime.kernel.shared.Vectors.VECTOR_BYTES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The loops of {@link MergeKernel} with a value of each pixel, or of all
 * {@code [count, 32] x [count] -> [count, 32]}.
 */
final class PixelMergeLoops {

    private PixelMergeLoops() {}

    static void addPixels(MemorySegment arena, long from, long other, long otherStep, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.broadcast(SPECIES, arena.get(FLOAT, other + at / PIXEL_BYTES * otherStep));
            x.add(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void subtractPixels(MemorySegment arena, long from, long other, long otherStep, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.broadcast(SPECIES, arena.get(FLOAT, other + at / PIXEL_BYTES * otherStep));
            x.sub(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void subtractFromPixels(MemorySegment arena, long from, long other, long otherStep, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.broadcast(SPECIES, arena.get(FLOAT, other + at / PIXEL_BYTES * otherStep));
            y.sub(x).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void multiplyPixels(MemorySegment arena, long from, long other, long otherStep, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.broadcast(SPECIES, arena.get(FLOAT, other + at / PIXEL_BYTES * otherStep));
            x.mul(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void maximumPixels(MemorySegment arena, long from, long other, long otherStep, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.broadcast(SPECIES, arena.get(FLOAT, other + at / PIXEL_BYTES * otherStep));
            x.max(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void minimumPixels(MemorySegment arena, long from, long other, long otherStep, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.broadcast(SPECIES, arena.get(FLOAT, other + at / PIXEL_BYTES * otherStep));
            x.min(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void dividePixels(MemorySegment arena, long from, long other, long otherStep, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = FloatVector.broadcast(SPECIES, arena.get(FLOAT, other + at / PIXEL_BYTES * otherStep));
            x.div(y).intoMemorySegment(arena, to + at, ORDER);
        }
    }
}
