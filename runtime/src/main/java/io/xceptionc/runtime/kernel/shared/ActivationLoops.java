package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.OFF_HEAP;
import static io.xceptionc.runtime.kernel.shared.Vectors.ORDER;
import static io.xceptionc.runtime.kernel.shared.Vectors.PIXEL_BYTES;
import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;
import static io.xceptionc.runtime.kernel.shared.Vectors.VECTOR_BYTES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The loops of {@link ActivationKernel}: {@code count} pixels of one block, {@code [count, 32] -> [count, 32]}. */
final class ActivationLoops {

    private ActivationLoops() {}

    static void clamp(MemorySegment arena, long from, long to, int count, float floor, float ceiling) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = x.max(floor).min(ceiling);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void linear(MemorySegment arena, long from, long to, int count, float scale, float shift) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = x.fma(scale, shift);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void leakyRelu(MemorySegment arena, long from, long to, int count, float slope) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = x.blend(x.mul(slope), x.lt(0));
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void rectify(MemorySegment arena, long from, long to, int count,
            float threshold, float slope, float ceiling) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = x.blend(ceiling, x.compare(VectorOperators.GT, ceiling))
                    .blend(x.sub(threshold).mul(slope), x.lt(threshold));
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void elu(MemorySegment arena, long from, long to, int count, float alpha) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = x.blend(VectorFunctions.exponential(x).sub(1).mul(alpha), x.lt(0));
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void exponentialUnit(MemorySegment arena, long from, long to, int count,
            float alpha, float scale, float steepness) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y =
                    x.blend(VectorFunctions.exponentialLessOne(x.mul(steepness)).mul(alpha), x.lt(0)).mul(scale);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void sigmoid(MemorySegment arena, long from, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = VectorFunctions.sigmoid(x);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void logSigmoid(MemorySegment arena, long from, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = VectorFunctions.softplus(x.neg()).neg();
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void swish(MemorySegment arena, long from, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = VectorFunctions.swish(x);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void hardSigmoid(MemorySegment arena, long from, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = VectorFunctions.hardSigmoid(x);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void slopedHardSigmoid(MemorySegment arena, long from, long to, int count, float slope, float shift) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = x.mul(slope).add(shift).max(0).min(1);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void hardSwish(MemorySegment arena, long from, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = x.mul(VectorFunctions.hardSigmoid(x));
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void tanh(MemorySegment arena, long from, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = VectorFunctions.tanh(x);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void gelu(MemorySegment arena, long from, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = VectorFunctions.gelu(x);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void geluTanh(MemorySegment arena, long from, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = VectorFunctions.geluTanh(x);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void softplus(MemorySegment arena, long from, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = VectorFunctions.softplus(x);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void scaledSoftplus(MemorySegment arena, long from, long to, int count, float steepness) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = VectorFunctions.softplus(x.mul(steepness)).div(steepness);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void softsign(MemorySegment arena, long from, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = x.div(x.abs().add(1));
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void mish(MemorySegment arena, long from, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = VectorFunctions.mish(x);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }

    static void exponential(MemorySegment arena, long from, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector y = VectorFunctions.exponentialOfAny(x);
            y.intoMemorySegment(arena, to + at, ORDER);
        }
    }
}
