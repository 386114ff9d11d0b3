package xceptionc.examples;

import io.xceptionc.runtime.kernel.Depthwise;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Patches;
import io.xceptionc.runtime.kernel.Product;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with vectors of 128 bits, 4 floats.
 */
final class ExtremeInceptionKernels128 extends ExtremeInceptionKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_128;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private static final Class<?> OFF_HEAP = MemorySegment.NULL.getClass();

    private static final int LANES = 4;

    private static final long VECTOR_BYTES = 16;

    private static final long PIXEL_BYTES = 128;

    private static final long STRIP_BYTES = 64;

    @Override
    int vectorBits() {
        return 128;
    }

    @Override
    int tilePixels() {
        return 6;
    }

    @Override
    void runLoop(int loop, int count, Frame frame) {
        switch (loop) {
            case 0 -> slide3WideClampedToImageBy6(frame.arena(), 0, 0, frame.constants(), 0, 0, 0,
                    count, 0, 0);
            case 1 -> slide3WideClampedToImage(frame.arena(), 0, 0, frame.constants(), 0, 0, 0,
                    count, 0, 0);
            case 2 -> touchPages(frame.constants(), 0, count, frame.sums(0));
            case 3 -> multiplyTile(frame.rows(0), 0, frame.constants(), 0, count, frame.sums(0), 0);
            case 4 -> multiplyLowTile(frame.rows(0), 0, frame.constants(), 0, count, frame.sums(0),
                    0);
            case 5 -> finishTile(frame.sums(0), frame.constants(), 0, frame.arena(), 0,
                    frame.noPixels(), 0, count, 0, 0);
            case 6 -> copyRun(frame.arena(), 0, 0, frame.rows(0), 0, count, 0);
            default -> throw new IndexOutOfBoundsException(loop);
        }
    }

    @Override
    void depthwise3x3ClampedToImageBy6(Frame frame, Depthwise depthwise, ImageLayout output,
            int firstPixel, int lastPixel, int part) {
        ImageLayout input = depthwise.input();
        int width = depthwise.outputWidth();
        long rowStep = depthwise.dilationHeight() * input.rowBytes();
        long step = depthwise.strideWidth() * PIXEL_BYTES;
        for (int pixel = firstPixel; pixel < lastPixel;) {
            int y = pixel / width;
            int x = pixel % width;
            int count = Math.min(width - x, lastPixel - pixel);
            for (int block = 0; block < input.blockCount(); block++) {
                long source = depthwise.source(block, y, x);
                long taps = depthwise.taps() + block * 9 * PIXEL_BYTES;
                long bias = depthwise.bias() + block * PIXEL_BYTES;
                long to = output.origin(block) + y * output.rowBytes() + x * PIXEL_BYTES;
                for (int lane = 0; lane < 32; lane += LANES) {
                    long laneBytes = lane * 4L;
                    int i = 0;
                    if (count >= 6) {
                        for (; i < count; i += 6) {
                            int first = Math.min(i, count - 6);
                            slide3WideClampedToImageBy6(frame.arena(), source + laneBytes + first * step,
                                    rowStep, frame.constants(), taps + laneBytes, bias + laneBytes,
                                    to + laneBytes + first * PIXEL_BYTES,
                                    3, depthwise.floor(), depthwise.ceiling());
                        }
                    }
                    for (; i < count; i++) {
                        slide3WideClampedToImage(frame.arena(), source + laneBytes + i * step,
                                rowStep, frame.constants(), taps + laneBytes, bias + laneBytes,
                                to + laneBytes + i * PIXEL_BYTES,
                                3, depthwise.floor(), depthwise.ceiling());
                    }
                }
            }
            pixel += count;
        }
    }

    /**
     * One vector of channels of 6 neighbouring pixels.
     */
    private static void slide3WideClampedToImageBy6(MemorySegment arena, long source, long rowStep,
            MemorySegment constants, long taps, long bias, long to, int kernelHeight, float floor,
            float ceiling) {
        if (kernelHeight == 0 || arena.getClass() != OFF_HEAP || constants.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector least = FloatVector.broadcast(SPECIES, floor);
        FloatVector most = FloatVector.broadcast(SPECIES, ceiling);
        FloatVector sum0 = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector sum4 = sum0;
        FloatVector sum5 = sum0;
        for (int y = 0; y < kernelHeight; y++) {
            FloatVector tap0 = FloatVector.fromMemorySegment(SPECIES, constants, taps, ORDER);
            FloatVector tap1 = FloatVector.fromMemorySegment(SPECIES, constants, taps + PIXEL_BYTES, ORDER);
            FloatVector tap2 = FloatVector.fromMemorySegment(SPECIES, constants, taps + 2 * PIXEL_BYTES, ORDER);
            FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
            sum0 = x0.fma(tap0, sum0);
            FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, arena, source + PIXEL_BYTES, ORDER);
            sum1 = x1.fma(tap0, sum1);
            sum0 = x1.fma(tap1, sum0);
            FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * PIXEL_BYTES, ORDER);
            sum2 = x2.fma(tap0, sum2);
            sum1 = x2.fma(tap1, sum1);
            sum0 = x2.fma(tap2, sum0);
            FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, arena, source + 3 * PIXEL_BYTES, ORDER);
            sum3 = x3.fma(tap0, sum3);
            sum2 = x3.fma(tap1, sum2);
            sum1 = x3.fma(tap2, sum1);
            FloatVector x4 = FloatVector.fromMemorySegment(SPECIES, arena, source + 4 * PIXEL_BYTES, ORDER);
            sum4 = x4.fma(tap0, sum4);
            sum3 = x4.fma(tap1, sum3);
            sum2 = x4.fma(tap2, sum2);
            FloatVector x5 = FloatVector.fromMemorySegment(SPECIES, arena, source + 5 * PIXEL_BYTES, ORDER);
            sum5 = x5.fma(tap0, sum5);
            sum4 = x5.fma(tap1, sum4);
            sum3 = x5.fma(tap2, sum3);
            FloatVector x6 = FloatVector.fromMemorySegment(SPECIES, arena, source + 6 * PIXEL_BYTES, ORDER);
            sum5 = x6.fma(tap1, sum5);
            sum4 = x6.fma(tap2, sum4);
            FloatVector x7 = FloatVector.fromMemorySegment(SPECIES, arena, source + 7 * PIXEL_BYTES, ORDER);
            sum5 = x7.fma(tap2, sum5);
            source += rowStep;
            taps += 3 * PIXEL_BYTES;
        }
        sum0 = sum0.blend(least, sum0.lt(least));
        sum0 = sum0.blend(most, most.lt(sum0));
        sum0.intoMemorySegment(arena, to, ORDER);
        sum1 = sum1.blend(least, sum1.lt(least));
        sum1 = sum1.blend(most, most.lt(sum1));
        sum1.intoMemorySegment(arena, to + PIXEL_BYTES, ORDER);
        sum2 = sum2.blend(least, sum2.lt(least));
        sum2 = sum2.blend(most, most.lt(sum2));
        sum2.intoMemorySegment(arena, to + 2 * PIXEL_BYTES, ORDER);
        sum3 = sum3.blend(least, sum3.lt(least));
        sum3 = sum3.blend(most, most.lt(sum3));
        sum3.intoMemorySegment(arena, to + 3 * PIXEL_BYTES, ORDER);
        sum4 = sum4.blend(least, sum4.lt(least));
        sum4 = sum4.blend(most, most.lt(sum4));
        sum4.intoMemorySegment(arena, to + 4 * PIXEL_BYTES, ORDER);
        sum5 = sum5.blend(least, sum5.lt(least));
        sum5 = sum5.blend(most, most.lt(sum5));
        sum5.intoMemorySegment(arena, to + 5 * PIXEL_BYTES, ORDER);
    }

    /**
     * One vector of channels of a pixel.
     */
    private static void slide3WideClampedToImage(MemorySegment arena, long source, long rowStep,
            MemorySegment constants, long taps, long bias, long to, int kernelHeight, float floor,
            float ceiling) {
        if (kernelHeight == 0 || arena.getClass() != OFF_HEAP || constants.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector least = FloatVector.broadcast(SPECIES, floor);
        FloatVector most = FloatVector.broadcast(SPECIES, ceiling);
        FloatVector sum0 = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER);
        for (int y = 0; y < kernelHeight; y++) {
            FloatVector tap0 = FloatVector.fromMemorySegment(SPECIES, constants, taps, ORDER);
            FloatVector tap1 = FloatVector.fromMemorySegment(SPECIES, constants, taps + PIXEL_BYTES, ORDER);
            FloatVector tap2 = FloatVector.fromMemorySegment(SPECIES, constants, taps + 2 * PIXEL_BYTES, ORDER);
            FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
            sum0 = x0.fma(tap0, sum0);
            FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, arena, source + PIXEL_BYTES, ORDER);
            sum0 = x1.fma(tap1, sum0);
            FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * PIXEL_BYTES, ORDER);
            sum0 = x2.fma(tap2, sum0);
            source += rowStep;
            taps += 3 * PIXEL_BYTES;
        }
        sum0 = sum0.blend(least, sum0.lt(least));
        sum0 = sum0.blend(most, most.lt(sum0));
        sum0.intoMemorySegment(arena, to, ORDER);
    }

    @Override
    void multiply(Frame frame, Product product, int firstPixel, int lastPixel, int firstPanel,
            int lastPanel, int part) {
        float[] rows = frame.rows(part);
        float[] sums = frame.sums(part);
        for (int first = firstPanel; first < lastPanel; first += 2) {
            int last = Math.min(first + 2, lastPanel);
            touchPages(frame.constants(), product.weights(first), product.pages(last - first), sums);
            for (int pixel = firstPixel; pixel < lastPixel; pixel += 6) {
                int row = (pixel - firstPixel) * 96;
                boolean low = lastPixel - pixel <= 3;
                for (int panel = first; panel < last; panel++) {
                    long weights = product.weights(panel);
                    for (int column = 0; column < 32; column += 8) {
                        long strip = weights + column / 16 * product.stripBytes() + column % 16 * 4L;
                        if (low) {
                            multiplyLowTile(rows, row, frame.constants(), strip, product.depth(), sums, column);
                        } else {
                            multiplyTile(rows, row, frame.constants(), strip, product.depth(), sums, column);
                        }
                    }
                    finishTile(sums, frame.constants(), product.bias(panel), frame.arena(),
                            product.output(panel), product.outputPixels(), pixel, 6,
                            product.floor(), product.ceiling());
                }
            }
        }
    }

    /**
     * Reads a vector of each page of weights, so that all of them are fetched at once.
     */
    private static void touchPages(MemorySegment constants, long weights, int pages, float[] sums) {
        if (pages == 0 || constants.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int page = 0; page < pages; page++) {
            sum = FloatVector.fromMemorySegment(SPECIES, constants, weights + page * 4096L, ORDER).add(sum);
        }
        sum.intoArray(sums, 0);
    }

    /**
     * A few rows times a few vectors of columns.
     */
    private static void multiplyTile(float[] rows, int row, MemorySegment constants, long weights,
            int depth, float[] sums, int column) {
        if (depth == 0 || constants.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector sum0_0 = FloatVector.zero(SPECIES);
        FloatVector sum0_1 = FloatVector.zero(SPECIES);
        FloatVector sum1_0 = FloatVector.zero(SPECIES);
        FloatVector sum1_1 = FloatVector.zero(SPECIES);
        FloatVector sum2_0 = FloatVector.zero(SPECIES);
        FloatVector sum2_1 = FloatVector.zero(SPECIES);
        FloatVector sum3_0 = FloatVector.zero(SPECIES);
        FloatVector sum3_1 = FloatVector.zero(SPECIES);
        FloatVector sum4_0 = FloatVector.zero(SPECIES);
        FloatVector sum4_1 = FloatVector.zero(SPECIES);
        FloatVector sum5_0 = FloatVector.zero(SPECIES);
        FloatVector sum5_1 = FloatVector.zero(SPECIES);
        for (int k = 0; k < depth; k++) {
            FloatVector weight0 = FloatVector.fromMemorySegment(SPECIES, constants, weights, ORDER);
            FloatVector weight1 = FloatVector.fromMemorySegment(SPECIES, constants, weights + 16, ORDER);
            FloatVector value0 = FloatVector.broadcast(SPECIES, rows[row]);
            sum0_0 = value0.fma(weight0, sum0_0);
            sum0_1 = value0.fma(weight1, sum0_1);
            FloatVector value1 = FloatVector.broadcast(SPECIES, rows[row + 96]);
            sum1_0 = value1.fma(weight0, sum1_0);
            sum1_1 = value1.fma(weight1, sum1_1);
            FloatVector value2 = FloatVector.broadcast(SPECIES, rows[row + 192]);
            sum2_0 = value2.fma(weight0, sum2_0);
            sum2_1 = value2.fma(weight1, sum2_1);
            FloatVector value3 = FloatVector.broadcast(SPECIES, rows[row + 288]);
            sum3_0 = value3.fma(weight0, sum3_0);
            sum3_1 = value3.fma(weight1, sum3_1);
            FloatVector value4 = FloatVector.broadcast(SPECIES, rows[row + 384]);
            sum4_0 = value4.fma(weight0, sum4_0);
            sum4_1 = value4.fma(weight1, sum4_1);
            FloatVector value5 = FloatVector.broadcast(SPECIES, rows[row + 480]);
            sum5_0 = value5.fma(weight0, sum5_0);
            sum5_1 = value5.fma(weight1, sum5_1);
            row++;
            weights += STRIP_BYTES;
        }
        sum0_0.intoArray(sums, column);
        sum0_1.intoArray(sums, column + 4);
        sum1_0.intoArray(sums, column + 32);
        sum1_1.intoArray(sums, column + 36);
        sum2_0.intoArray(sums, column + 64);
        sum2_1.intoArray(sums, column + 68);
        sum3_0.intoArray(sums, column + 96);
        sum3_1.intoArray(sums, column + 100);
        sum4_0.intoArray(sums, column + 128);
        sum4_1.intoArray(sums, column + 132);
        sum5_0.intoArray(sums, column + 160);
        sum5_1.intoArray(sums, column + 164);
    }

    /**
     * Fewer rows times a few vectors of columns.
     */
    private static void multiplyLowTile(float[] rows, int row, MemorySegment constants,
            long weights, int depth, float[] sums, int column) {
        if (depth == 0 || constants.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector sum0_0 = FloatVector.zero(SPECIES);
        FloatVector sum0_1 = FloatVector.zero(SPECIES);
        FloatVector sum1_0 = FloatVector.zero(SPECIES);
        FloatVector sum1_1 = FloatVector.zero(SPECIES);
        FloatVector sum2_0 = FloatVector.zero(SPECIES);
        FloatVector sum2_1 = FloatVector.zero(SPECIES);
        for (int k = 0; k < depth; k++) {
            FloatVector weight0 = FloatVector.fromMemorySegment(SPECIES, constants, weights, ORDER);
            FloatVector weight1 = FloatVector.fromMemorySegment(SPECIES, constants, weights + 16, ORDER);
            FloatVector value0 = FloatVector.broadcast(SPECIES, rows[row]);
            sum0_0 = value0.fma(weight0, sum0_0);
            sum0_1 = value0.fma(weight1, sum0_1);
            FloatVector value1 = FloatVector.broadcast(SPECIES, rows[row + 96]);
            sum1_0 = value1.fma(weight0, sum1_0);
            sum1_1 = value1.fma(weight1, sum1_1);
            FloatVector value2 = FloatVector.broadcast(SPECIES, rows[row + 192]);
            sum2_0 = value2.fma(weight0, sum2_0);
            sum2_1 = value2.fma(weight1, sum2_1);
            row++;
            weights += STRIP_BYTES;
        }
        sum0_0.intoArray(sums, column);
        sum0_1.intoArray(sums, column + 4);
        sum1_0.intoArray(sums, column + 32);
        sum1_1.intoArray(sums, column + 36);
        sum2_0.intoArray(sums, column + 64);
        sum2_1.intoArray(sums, column + 68);
    }

    /**
     * What follows the sums.
     */
    private static void finishTile(float[] sums, MemorySegment constants, long bias,
            MemorySegment arena, long output, int[] pixels, int pixel, int count, float floor,
            float ceiling) {
        if (count == 0 || constants.getClass() != OFF_HEAP || arena.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector bias0 = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER);
        FloatVector bias1 = FloatVector.fromMemorySegment(SPECIES, constants, bias + 16, ORDER);
        FloatVector bias2 = FloatVector.fromMemorySegment(SPECIES, constants, bias + 32, ORDER);
        FloatVector bias3 = FloatVector.fromMemorySegment(SPECIES, constants, bias + 48, ORDER);
        FloatVector bias4 = FloatVector.fromMemorySegment(SPECIES, constants, bias + 64, ORDER);
        FloatVector bias5 = FloatVector.fromMemorySegment(SPECIES, constants, bias + 80, ORDER);
        FloatVector bias6 = FloatVector.fromMemorySegment(SPECIES, constants, bias + 96, ORDER);
        FloatVector bias7 = FloatVector.fromMemorySegment(SPECIES, constants, bias + 112, ORDER);
        FloatVector least = FloatVector.broadcast(SPECIES, floor);
        long output0 = output + pixels[pixel];
        FloatVector value0_0 = FloatVector.fromArray(SPECIES, sums, 0).add(bias0);
        value0_0.blend(least, value0_0.lt(least)).intoMemorySegment(arena, output0, ORDER);
        FloatVector value0_1 = FloatVector.fromArray(SPECIES, sums, 4).add(bias1);
        value0_1.blend(least, value0_1.lt(least)).intoMemorySegment(arena, output0 + 16, ORDER);
        FloatVector value0_2 = FloatVector.fromArray(SPECIES, sums, 8).add(bias2);
        value0_2.blend(least, value0_2.lt(least)).intoMemorySegment(arena, output0 + 32, ORDER);
        FloatVector value0_3 = FloatVector.fromArray(SPECIES, sums, 12).add(bias3);
        value0_3.blend(least, value0_3.lt(least)).intoMemorySegment(arena, output0 + 48, ORDER);
        FloatVector value0_4 = FloatVector.fromArray(SPECIES, sums, 16).add(bias4);
        value0_4.blend(least, value0_4.lt(least)).intoMemorySegment(arena, output0 + 64, ORDER);
        FloatVector value0_5 = FloatVector.fromArray(SPECIES, sums, 20).add(bias5);
        value0_5.blend(least, value0_5.lt(least)).intoMemorySegment(arena, output0 + 80, ORDER);
        FloatVector value0_6 = FloatVector.fromArray(SPECIES, sums, 24).add(bias6);
        value0_6.blend(least, value0_6.lt(least)).intoMemorySegment(arena, output0 + 96, ORDER);
        FloatVector value0_7 = FloatVector.fromArray(SPECIES, sums, 28).add(bias7);
        value0_7.blend(least, value0_7.lt(least)).intoMemorySegment(arena, output0 + 112, ORDER);
        long output1 = output + pixels[pixel + 1];
        FloatVector value1_0 = FloatVector.fromArray(SPECIES, sums, 32).add(bias0);
        value1_0.blend(least, value1_0.lt(least)).intoMemorySegment(arena, output1, ORDER);
        FloatVector value1_1 = FloatVector.fromArray(SPECIES, sums, 36).add(bias1);
        value1_1.blend(least, value1_1.lt(least)).intoMemorySegment(arena, output1 + 16, ORDER);
        FloatVector value1_2 = FloatVector.fromArray(SPECIES, sums, 40).add(bias2);
        value1_2.blend(least, value1_2.lt(least)).intoMemorySegment(arena, output1 + 32, ORDER);
        FloatVector value1_3 = FloatVector.fromArray(SPECIES, sums, 44).add(bias3);
        value1_3.blend(least, value1_3.lt(least)).intoMemorySegment(arena, output1 + 48, ORDER);
        FloatVector value1_4 = FloatVector.fromArray(SPECIES, sums, 48).add(bias4);
        value1_4.blend(least, value1_4.lt(least)).intoMemorySegment(arena, output1 + 64, ORDER);
        FloatVector value1_5 = FloatVector.fromArray(SPECIES, sums, 52).add(bias5);
        value1_5.blend(least, value1_5.lt(least)).intoMemorySegment(arena, output1 + 80, ORDER);
        FloatVector value1_6 = FloatVector.fromArray(SPECIES, sums, 56).add(bias6);
        value1_6.blend(least, value1_6.lt(least)).intoMemorySegment(arena, output1 + 96, ORDER);
        FloatVector value1_7 = FloatVector.fromArray(SPECIES, sums, 60).add(bias7);
        value1_7.blend(least, value1_7.lt(least)).intoMemorySegment(arena, output1 + 112, ORDER);
        long output2 = output + pixels[pixel + 2];
        FloatVector value2_0 = FloatVector.fromArray(SPECIES, sums, 64).add(bias0);
        value2_0.blend(least, value2_0.lt(least)).intoMemorySegment(arena, output2, ORDER);
        FloatVector value2_1 = FloatVector.fromArray(SPECIES, sums, 68).add(bias1);
        value2_1.blend(least, value2_1.lt(least)).intoMemorySegment(arena, output2 + 16, ORDER);
        FloatVector value2_2 = FloatVector.fromArray(SPECIES, sums, 72).add(bias2);
        value2_2.blend(least, value2_2.lt(least)).intoMemorySegment(arena, output2 + 32, ORDER);
        FloatVector value2_3 = FloatVector.fromArray(SPECIES, sums, 76).add(bias3);
        value2_3.blend(least, value2_3.lt(least)).intoMemorySegment(arena, output2 + 48, ORDER);
        FloatVector value2_4 = FloatVector.fromArray(SPECIES, sums, 80).add(bias4);
        value2_4.blend(least, value2_4.lt(least)).intoMemorySegment(arena, output2 + 64, ORDER);
        FloatVector value2_5 = FloatVector.fromArray(SPECIES, sums, 84).add(bias5);
        value2_5.blend(least, value2_5.lt(least)).intoMemorySegment(arena, output2 + 80, ORDER);
        FloatVector value2_6 = FloatVector.fromArray(SPECIES, sums, 88).add(bias6);
        value2_6.blend(least, value2_6.lt(least)).intoMemorySegment(arena, output2 + 96, ORDER);
        FloatVector value2_7 = FloatVector.fromArray(SPECIES, sums, 92).add(bias7);
        value2_7.blend(least, value2_7.lt(least)).intoMemorySegment(arena, output2 + 112, ORDER);
        long output3 = output + pixels[pixel + 3];
        FloatVector value3_0 = FloatVector.fromArray(SPECIES, sums, 96).add(bias0);
        value3_0.blend(least, value3_0.lt(least)).intoMemorySegment(arena, output3, ORDER);
        FloatVector value3_1 = FloatVector.fromArray(SPECIES, sums, 100).add(bias1);
        value3_1.blend(least, value3_1.lt(least)).intoMemorySegment(arena, output3 + 16, ORDER);
        FloatVector value3_2 = FloatVector.fromArray(SPECIES, sums, 104).add(bias2);
        value3_2.blend(least, value3_2.lt(least)).intoMemorySegment(arena, output3 + 32, ORDER);
        FloatVector value3_3 = FloatVector.fromArray(SPECIES, sums, 108).add(bias3);
        value3_3.blend(least, value3_3.lt(least)).intoMemorySegment(arena, output3 + 48, ORDER);
        FloatVector value3_4 = FloatVector.fromArray(SPECIES, sums, 112).add(bias4);
        value3_4.blend(least, value3_4.lt(least)).intoMemorySegment(arena, output3 + 64, ORDER);
        FloatVector value3_5 = FloatVector.fromArray(SPECIES, sums, 116).add(bias5);
        value3_5.blend(least, value3_5.lt(least)).intoMemorySegment(arena, output3 + 80, ORDER);
        FloatVector value3_6 = FloatVector.fromArray(SPECIES, sums, 120).add(bias6);
        value3_6.blend(least, value3_6.lt(least)).intoMemorySegment(arena, output3 + 96, ORDER);
        FloatVector value3_7 = FloatVector.fromArray(SPECIES, sums, 124).add(bias7);
        value3_7.blend(least, value3_7.lt(least)).intoMemorySegment(arena, output3 + 112, ORDER);
        long output4 = output + pixels[pixel + 4];
        FloatVector value4_0 = FloatVector.fromArray(SPECIES, sums, 128).add(bias0);
        value4_0.blend(least, value4_0.lt(least)).intoMemorySegment(arena, output4, ORDER);
        FloatVector value4_1 = FloatVector.fromArray(SPECIES, sums, 132).add(bias1);
        value4_1.blend(least, value4_1.lt(least)).intoMemorySegment(arena, output4 + 16, ORDER);
        FloatVector value4_2 = FloatVector.fromArray(SPECIES, sums, 136).add(bias2);
        value4_2.blend(least, value4_2.lt(least)).intoMemorySegment(arena, output4 + 32, ORDER);
        FloatVector value4_3 = FloatVector.fromArray(SPECIES, sums, 140).add(bias3);
        value4_3.blend(least, value4_3.lt(least)).intoMemorySegment(arena, output4 + 48, ORDER);
        FloatVector value4_4 = FloatVector.fromArray(SPECIES, sums, 144).add(bias4);
        value4_4.blend(least, value4_4.lt(least)).intoMemorySegment(arena, output4 + 64, ORDER);
        FloatVector value4_5 = FloatVector.fromArray(SPECIES, sums, 148).add(bias5);
        value4_5.blend(least, value4_5.lt(least)).intoMemorySegment(arena, output4 + 80, ORDER);
        FloatVector value4_6 = FloatVector.fromArray(SPECIES, sums, 152).add(bias6);
        value4_6.blend(least, value4_6.lt(least)).intoMemorySegment(arena, output4 + 96, ORDER);
        FloatVector value4_7 = FloatVector.fromArray(SPECIES, sums, 156).add(bias7);
        value4_7.blend(least, value4_7.lt(least)).intoMemorySegment(arena, output4 + 112, ORDER);
        long output5 = output + pixels[pixel + 5];
        FloatVector value5_0 = FloatVector.fromArray(SPECIES, sums, 160).add(bias0);
        value5_0.blend(least, value5_0.lt(least)).intoMemorySegment(arena, output5, ORDER);
        FloatVector value5_1 = FloatVector.fromArray(SPECIES, sums, 164).add(bias1);
        value5_1.blend(least, value5_1.lt(least)).intoMemorySegment(arena, output5 + 16, ORDER);
        FloatVector value5_2 = FloatVector.fromArray(SPECIES, sums, 168).add(bias2);
        value5_2.blend(least, value5_2.lt(least)).intoMemorySegment(arena, output5 + 32, ORDER);
        FloatVector value5_3 = FloatVector.fromArray(SPECIES, sums, 172).add(bias3);
        value5_3.blend(least, value5_3.lt(least)).intoMemorySegment(arena, output5 + 48, ORDER);
        FloatVector value5_4 = FloatVector.fromArray(SPECIES, sums, 176).add(bias4);
        value5_4.blend(least, value5_4.lt(least)).intoMemorySegment(arena, output5 + 64, ORDER);
        FloatVector value5_5 = FloatVector.fromArray(SPECIES, sums, 180).add(bias5);
        value5_5.blend(least, value5_5.lt(least)).intoMemorySegment(arena, output5 + 80, ORDER);
        FloatVector value5_6 = FloatVector.fromArray(SPECIES, sums, 184).add(bias6);
        value5_6.blend(least, value5_6.lt(least)).intoMemorySegment(arena, output5 + 96, ORDER);
        FloatVector value5_7 = FloatVector.fromArray(SPECIES, sums, 188).add(bias7);
        value5_7.blend(least, value5_7.lt(least)).intoMemorySegment(arena, output5 + 112, ORDER);
    }

    @Override
    void patches(Frame frame, Patches patches, int firstPixel, int lastPixel, int part) {
        ImageLayout input = patches.input();
        int width = patches.outputWidth();
        long step = patches.strideWidth() * input.pixelBytes();
        for (int pixel = firstPixel; pixel < lastPixel;) {
            int y = pixel / width;
            int x = pixel % width;
            int count = Math.min(width - x, lastPixel - pixel);
            long source = patches.source(0, y, x);
            int to = (pixel - firstPixel) * 96;
            for (int ky = 0; ky < patches.kernelHeight(); ky++) {
                long tap = source + ky * patches.dilationHeight() * input.rowBytes();
                for (int kx = 0; kx < patches.kernelWidth(); kx++) {
                    for (int done = 0; done < patches.channelCount();) {
                        int channel = patches.firstChannel() + done;
                        int run = Math.min(32 - channel % 32, patches.channelCount() - done);
                        long from = tap + channel / 32 * input.blockBytes() + channel % 32 * 4L;
                        for (int lane = 0; lane < run; lane += LANES) {
                            copyRun(frame.arena(), from + lane * 4L, step, frame.rows(part), to + lane, count,
                                    patches.inputFloor());
                        }
                        to += run;
                        done += run;
                    }
                    tap += patches.dilationWidth() * PIXEL_BYTES;
                }
            }
            pixel += count;
        }
    }

    /**
     * Copies one vector of each of neighbouring pixels.
     */
    private static void copyRun(MemorySegment arena, long from, long step, float[] rows, int to,
            int count, float inputFloor) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector least = FloatVector.broadcast(SPECIES, inputFloor);
        for (int i = 0; i < count; i++) {
            FloatVector value = FloatVector.fromMemorySegment(SPECIES, arena, from, ORDER);
            value.blend(least, value.lt(least)).intoArray(rows, to);
            from += step;
            to += 96;
        }
    }
}
