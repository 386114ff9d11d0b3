package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.BLOCK;
import static io.xceptionc.runtime.kernel.shared.Vectors.LANES;
import static io.xceptionc.runtime.kernel.shared.Vectors.OFF_HEAP;
import static io.xceptionc.runtime.kernel.shared.Vectors.ORDER;
import static io.xceptionc.runtime.kernel.shared.Vectors.PIXEL_BYTES;
import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * {@code x / (bias + alpha * sum of squares)^beta}, the sum over {@code size} neighbouring channels around each: local
 * response normalisation, {@code [h, w, c] -> [h, w, c]}. Alpha is for the sum, not for the mean. The result may
 * replace the input.
 *
 * @see <a href="https://papers.nips.cc/paper/4824">Krizhevsky et al., section 3.3</a>
 */
public enum ResponseNormKernel implements SharedKernel {

    /** The only one. */
    LOCAL_RESPONSE_NORM;

    /** The most channels that an image may have, with the size of the window. */
    public static final int MOST_CHANNELS = 3072;

    /** Where the squares of a pixel begin, those before and after the channels being zero, and where their sums do. */
    private static final int SQUARES = 0;
    private static final int SUMS = 4096;

    private static final List<String> LOOPS = List.of("square", "addShifted", "divideByPowers");

    @Override
    public Class<?> loopsClass() {
        return ResponseNormKernel.class;
    }

    @Override
    public List<String> loops() {
        return LOOPS;
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        float[] numbers = frame.sums(0);
        switch (loop) {
            case 0 -> square(numbers, SQUARES, frame.arena(), 0, 0, count);
            case 1 -> addShifted(numbers, SQUARES, SUMS, count);
            default -> divideByPowers(numbers, SUMS, frame.arena(), 0, 0, 0, 0, count, 1, 1, 1);
        }
    }

    /** Computes the pixels of rows from first to before last. */
    public void rows(Frame frame, ImageLayout input, ImageLayout output, int size, float alpha, float beta, float bias,
            int firstRow, int lastRow, int part) {
        float[] numbers = frame.sums(part);
        int before = (size - 1) / 2;
        int blocks = input.blockCount();
        for (int y = firstRow; y < lastRow; y++) {
            for (int x = 0; x < input.width(); x++) {
                long from = input.origin(0) + y * input.rowBytes() + x * PIXEL_BYTES;
                long to = output.origin(0) + y * output.rowBytes() + x * PIXEL_BYTES;
                Arrays.fill(numbers, SQUARES, SQUARES + before, 0);
                square(numbers, SQUARES + before, frame.arena(), from, input.blockBytes(), blocks);
                Arrays.fill(numbers, SQUARES + before + input.channels(), SQUARES + size + blocks * BLOCK, 0);
                Arrays.fill(numbers, SUMS, SUMS + blocks * BLOCK, 0);
                for (int shift = 0; shift < size; shift++) {
                    addShifted(numbers, SQUARES + shift, SUMS, blocks);
                }
                divideByPowers(numbers, SUMS, frame.arena(), from, input.blockBytes(), to, output.blockBytes(), blocks,
                        alpha, beta, bias);
            }
        }
    }

    private static void square(float[] squares, int at, MemorySegment arena, long from, long step, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        for (int block = 0; block < count; block++) {
            for (int lane = 0; lane < BLOCK; lane += LANES) {
                FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + block * step + lane * 4L, ORDER);
                x.mul(x).intoArray(squares, at + block * BLOCK + lane);
            }
        }
    }

    private static void addShifted(float[] numbers, int squares, int sums, int count) {
        if (count == 0) {
            return;
        }
        for (int channel = 0; channel < count * BLOCK; channel += LANES) {
            FloatVector.fromArray(SPECIES, numbers, sums + channel)
                    .add(FloatVector.fromArray(SPECIES, numbers, squares + channel))
                    .intoArray(numbers, sums + channel);
        }
    }

    private static void divideByPowers(float[] sums, int at, MemorySegment arena, long from, long step, long to,
            long toStep, int count, float alpha, float beta, float bias) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        for (int block = 0; block < count; block++) {
            for (int lane = 0; lane < BLOCK; lane += LANES) {
                FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + block * step + lane * 4L, ORDER);
                FloatVector base = FloatVector.fromArray(SPECIES, sums, at + block * BLOCK + lane).fma(alpha, bias);
                x.mul(VectorFunctions.exponential(VectorFunctions.logarithm(base).mul(-beta)))
                        .intoMemorySegment(arena, to + block * toStep + lane * 4L, ORDER);
            }
        }
    }
}
