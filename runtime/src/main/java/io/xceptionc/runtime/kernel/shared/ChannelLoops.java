package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.BLOCK;
import static io.xceptionc.runtime.kernel.shared.Vectors.LANES;
import static io.xceptionc.runtime.kernel.shared.Vectors.OFF_HEAP;
import static io.xceptionc.runtime.kernel.shared.Vectors.ORDER;
import static io.xceptionc.runtime.kernel.shared.Vectors.PIXEL_BYTES;
import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;
import static io.xceptionc.runtime.kernel.shared.Vectors.VECTOR_BYTES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * What {@link ChannelKernel} and {@link PixelNormKernel} are made of. A block of neighbouring pixels is taken into an
 * array, {@code [pixel][32]}, each lane by itself, one block after another; then the lanes of each pixel are folded in
 * halves. So the order of additions is the same for every width of vectors, and no vector is carried from round to
 * round. Of the last block, only the first {@code valid} lanes count.
 */
final class ChannelLoops {

    /** 0 to 31, to compare lanes with. */
    private static final float[] LANE_NUMBERS = new float[BLOCK];

    static {
        for (int lane = 0; lane < BLOCK; lane++) {
            LANE_NUMBERS[lane] = lane;
        }
    }

    private ChannelLoops() {}

    /** {@code a += x}. */
    static void addLanes(float[] lanes, MemorySegment arena, long from, int count, int valid) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector numbers = FloatVector.fromArray(SPECIES, LANE_NUMBERS, (int) (at % PIXEL_BYTES / 4));
            FloatVector.fromArray(SPECIES, lanes, (int) (at / 4))
                    .add(FloatVector.zero(SPECIES).blend(x, numbers.lt(valid))).intoArray(lanes, (int) (at / 4));
        }
    }

    /** {@code a += (x - mean)^2}, a mean for each pixel. */
    static void addSquares(float[] lanes, MemorySegment arena, long from, int count, int valid, float[] means,
            int firstMean) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER)
                    .sub(means[firstMean + (int) (at / PIXEL_BYTES)]);
            FloatVector numbers = FloatVector.fromArray(SPECIES, LANE_NUMBERS, (int) (at % PIXEL_BYTES / 4));
            FloatVector counted = FloatVector.zero(SPECIES).blend(x, numbers.lt(valid));
            counted.fma(counted, FloatVector.fromArray(SPECIES, lanes, (int) (at / 4)))
                    .intoArray(lanes, (int) (at / 4));
        }
    }

    /** {@code a += exp(x - greatest)}, a greatest for each pixel. */
    static void addExponentials(float[] lanes, MemorySegment arena, long from, int count, int valid, float[] greatest,
            int firstGreatest) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER)
                    .sub(greatest[firstGreatest + (int) (at / PIXEL_BYTES)]);
            FloatVector numbers = FloatVector.fromArray(SPECIES, LANE_NUMBERS, (int) (at % PIXEL_BYTES / 4));
            FloatVector.fromArray(SPECIES, lanes, (int) (at / 4))
                    .add(FloatVector.zero(SPECIES).blend(VectorFunctions.exponential(x), numbers.lt(valid)))
                    .intoArray(lanes, (int) (at / 4));
        }
    }

    /** {@code a = max(a, x)}. */
    static void maxLanes(float[] lanes, MemorySegment arena, long from, int count, int valid) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector numbers = FloatVector.fromArray(SPECIES, LANE_NUMBERS, (int) (at % PIXEL_BYTES / 4));
            FloatVector before = FloatVector.fromArray(SPECIES, lanes, (int) (at / 4));
            before.blend(before.max(x), numbers.lt(valid)).intoArray(lanes, (int) (at / 4));
        }
    }

    /** Where x is greater than a, {@code a = x} and its number becomes that of the channel. */
    static void takeGreater(float[] lanes, MemorySegment arena, long from, int count, int valid, int firstChannel,
            int numbersAt) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector numbers = FloatVector.fromArray(SPECIES, LANE_NUMBERS, (int) (at % PIXEL_BYTES / 4));
            FloatVector before = FloatVector.fromArray(SPECIES, lanes, (int) (at / 4));
            FloatVector numbersBefore = FloatVector.fromArray(SPECIES, lanes, numbersAt + (int) (at / 4));
            VectorMask<Float> greater = before.lt(x).and(numbers.lt(valid));
            before.blend(x, greater).intoArray(lanes, (int) (at / 4));
            numbersBefore.blend(numbers.add(firstChannel), greater).intoArray(lanes, numbersAt + (int) (at / 4));
        }
    }

    /** The sum of the lanes of each pixel, to its first lane. */
    static void foldSums(float[] lanes, int count) {
        if (count == 0) {
            return;
        }
        for (int half = BLOCK / 2; half > 0; half /= 2) {
            for (int pixel = 0; pixel < count; pixel++) {
                for (int lane = pixel * BLOCK; lane < pixel * BLOCK + half; lane += LANES) {
                    FloatVector.fromArray(SPECIES, lanes, lane)
                            .add(FloatVector.fromArray(SPECIES, lanes, lane + half)).intoArray(lanes, lane);
                }
            }
        }
    }

    /** The maximum of the lanes of each pixel, to its first lane. */
    static void foldMaxima(float[] lanes, int count) {
        if (count == 0) {
            return;
        }
        for (int half = BLOCK / 2; half > 0; half /= 2) {
            for (int pixel = 0; pixel < count; pixel++) {
                for (int lane = pixel * BLOCK; lane < pixel * BLOCK + half; lane += LANES) {
                    FloatVector.fromArray(SPECIES, lanes, lane)
                            .max(FloatVector.fromArray(SPECIES, lanes, lane + half)).intoArray(lanes, lane);
                }
            }
        }
    }

    /** The number of the greatest of the lanes of each pixel, of several equal ones the least, to its first lane. */
    static void foldGreatest(float[] lanes, int count, int numbersAt) {
        if (count == 0) {
            return;
        }
        for (int half = BLOCK / 2; half > 0; half /= 2) {
            for (int pixel = 0; pixel < count; pixel++) {
                for (int lane = pixel * BLOCK; lane < pixel * BLOCK + half; lane += LANES) {
                    FloatVector a = FloatVector.fromArray(SPECIES, lanes, lane);
                    FloatVector b = FloatVector.fromArray(SPECIES, lanes, lane + half);
                    FloatVector numberOfA = FloatVector.fromArray(SPECIES, lanes, numbersAt + lane);
                    FloatVector numberOfB = FloatVector.fromArray(SPECIES, lanes, numbersAt + lane + half);
                    VectorMask<Float> second = a.lt(b).or(a.eq(b).and(numberOfB.lt(numberOfA)));
                    a.blend(b, second).intoArray(lanes, lane);
                    numberOfA.blend(numberOfB, second).intoArray(lanes, numbersAt + lane);
                }
            }
        }
    }

    /** {@code y = (x - a) * b}, a and b for each pixel. */
    static void shiftAndScale(float[] statistics, MemorySegment arena, long from, long to, int count, int shifts,
            int factors) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            int pixel = (int) (at / PIXEL_BYTES);
            FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER).sub(statistics[shifts + pixel])
                    .mul(statistics[factors + pixel]).intoMemorySegment(arena, to + at, ORDER);
        }
    }

    /** {@code y = (x - a) * b * scale + shift}, a and b for each pixel, scale and shift for each channel. */
    static void normalisePixels(float[] statistics, MemorySegment arena, long from, long to, int count,
            MemorySegment constants, long scale, long shift, int shifts, int factors) {
        if (count == 0 || arena.getClass() != OFF_HEAP || constants.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            int pixel = (int) (at / PIXEL_BYTES);
            long lane = at % PIXEL_BYTES;
            FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER).sub(statistics[shifts + pixel])
                    .mul(statistics[factors + pixel])
                    .fma(FloatVector.fromMemorySegment(SPECIES, constants, scale + lane, ORDER),
                            FloatVector.fromMemorySegment(SPECIES, constants, shift + lane, ORDER))
                    .intoMemorySegment(arena, to + at, ORDER);
        }
    }

    /** {@code y = x - a - b}, a and b for each pixel. */
    static void shiftTwice(float[] statistics, MemorySegment arena, long from, long to, int count, int first,
            int second) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            int pixel = (int) (at / PIXEL_BYTES);
            FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER).sub(statistics[first + pixel])
                    .sub(statistics[second + pixel]).intoMemorySegment(arena, to + at, ORDER);
        }
    }
}
