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
 * The kernels with vectors of 512 bits, 16 floats.
 */
final class ExtremeInceptionKernels512 extends ExtremeInceptionKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private static final Class<?> OFF_HEAP = MemorySegment.NULL.getClass();

    private static final int LANES = 16;

    private static final long VECTOR_BYTES = 64;

    private static final long PIXEL_BYTES = 128;

    private static final long STRIP_BYTES = 64;

    @Override
    int vectorBits() {
        return 512;
    }

    @Override
    int tilePixels() {
        return 13;
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
            for (int pixel = firstPixel; pixel < lastPixel; pixel += 13) {
                int row = (pixel - firstPixel) * 96;
                boolean low = lastPixel - pixel <= 6;
                for (int panel = first; panel < last; panel++) {
                    long weights = product.weights(panel);
                    if (low) {
                        multiplyLowTile(rows, row, frame.constants(), weights, product.depth(), sums, 0);
                    } else {
                        multiplyTile(rows, row, frame.constants(), weights, product.depth(), sums, 0);
                    }
                    finishTile(sums, frame.constants(), product.bias(panel), frame.arena(),
                            product.output(panel), product.outputPixels(), pixel, 13,
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
        FloatVector sum6_0 = FloatVector.zero(SPECIES);
        FloatVector sum6_1 = FloatVector.zero(SPECIES);
        FloatVector sum7_0 = FloatVector.zero(SPECIES);
        FloatVector sum7_1 = FloatVector.zero(SPECIES);
        FloatVector sum8_0 = FloatVector.zero(SPECIES);
        FloatVector sum8_1 = FloatVector.zero(SPECIES);
        FloatVector sum9_0 = FloatVector.zero(SPECIES);
        FloatVector sum9_1 = FloatVector.zero(SPECIES);
        FloatVector sum10_0 = FloatVector.zero(SPECIES);
        FloatVector sum10_1 = FloatVector.zero(SPECIES);
        FloatVector sum11_0 = FloatVector.zero(SPECIES);
        FloatVector sum11_1 = FloatVector.zero(SPECIES);
        FloatVector sum12_0 = FloatVector.zero(SPECIES);
        FloatVector sum12_1 = FloatVector.zero(SPECIES);
        long secondStrip = weights + depth * STRIP_BYTES;
        for (int k = 0; k < depth; k++) {
            FloatVector weight0 = FloatVector.fromMemorySegment(SPECIES, constants, weights, ORDER);
            FloatVector weight1 = FloatVector.fromMemorySegment(SPECIES, constants, secondStrip, ORDER);
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
            FloatVector value6 = FloatVector.broadcast(SPECIES, rows[row + 576]);
            sum6_0 = value6.fma(weight0, sum6_0);
            sum6_1 = value6.fma(weight1, sum6_1);
            FloatVector value7 = FloatVector.broadcast(SPECIES, rows[row + 672]);
            sum7_0 = value7.fma(weight0, sum7_0);
            sum7_1 = value7.fma(weight1, sum7_1);
            FloatVector value8 = FloatVector.broadcast(SPECIES, rows[row + 768]);
            sum8_0 = value8.fma(weight0, sum8_0);
            sum8_1 = value8.fma(weight1, sum8_1);
            FloatVector value9 = FloatVector.broadcast(SPECIES, rows[row + 864]);
            sum9_0 = value9.fma(weight0, sum9_0);
            sum9_1 = value9.fma(weight1, sum9_1);
            FloatVector value10 = FloatVector.broadcast(SPECIES, rows[row + 960]);
            sum10_0 = value10.fma(weight0, sum10_0);
            sum10_1 = value10.fma(weight1, sum10_1);
            FloatVector value11 = FloatVector.broadcast(SPECIES, rows[row + 1056]);
            sum11_0 = value11.fma(weight0, sum11_0);
            sum11_1 = value11.fma(weight1, sum11_1);
            FloatVector value12 = FloatVector.broadcast(SPECIES, rows[row + 1152]);
            sum12_0 = value12.fma(weight0, sum12_0);
            sum12_1 = value12.fma(weight1, sum12_1);
            row++;
            weights += STRIP_BYTES;
            secondStrip += STRIP_BYTES;
        }
        sum0_0.intoArray(sums, column);
        sum0_1.intoArray(sums, column + 16);
        sum1_0.intoArray(sums, column + 32);
        sum1_1.intoArray(sums, column + 48);
        sum2_0.intoArray(sums, column + 64);
        sum2_1.intoArray(sums, column + 80);
        sum3_0.intoArray(sums, column + 96);
        sum3_1.intoArray(sums, column + 112);
        sum4_0.intoArray(sums, column + 128);
        sum4_1.intoArray(sums, column + 144);
        sum5_0.intoArray(sums, column + 160);
        sum5_1.intoArray(sums, column + 176);
        sum6_0.intoArray(sums, column + 192);
        sum6_1.intoArray(sums, column + 208);
        sum7_0.intoArray(sums, column + 224);
        sum7_1.intoArray(sums, column + 240);
        sum8_0.intoArray(sums, column + 256);
        sum8_1.intoArray(sums, column + 272);
        sum9_0.intoArray(sums, column + 288);
        sum9_1.intoArray(sums, column + 304);
        sum10_0.intoArray(sums, column + 320);
        sum10_1.intoArray(sums, column + 336);
        sum11_0.intoArray(sums, column + 352);
        sum11_1.intoArray(sums, column + 368);
        sum12_0.intoArray(sums, column + 384);
        sum12_1.intoArray(sums, column + 400);
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
        FloatVector sum3_0 = FloatVector.zero(SPECIES);
        FloatVector sum3_1 = FloatVector.zero(SPECIES);
        FloatVector sum4_0 = FloatVector.zero(SPECIES);
        FloatVector sum4_1 = FloatVector.zero(SPECIES);
        FloatVector sum5_0 = FloatVector.zero(SPECIES);
        FloatVector sum5_1 = FloatVector.zero(SPECIES);
        long secondStrip = weights + depth * STRIP_BYTES;
        for (int k = 0; k < depth; k++) {
            FloatVector weight0 = FloatVector.fromMemorySegment(SPECIES, constants, weights, ORDER);
            FloatVector weight1 = FloatVector.fromMemorySegment(SPECIES, constants, secondStrip, ORDER);
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
            secondStrip += STRIP_BYTES;
        }
        sum0_0.intoArray(sums, column);
        sum0_1.intoArray(sums, column + 16);
        sum1_0.intoArray(sums, column + 32);
        sum1_1.intoArray(sums, column + 48);
        sum2_0.intoArray(sums, column + 64);
        sum2_1.intoArray(sums, column + 80);
        sum3_0.intoArray(sums, column + 96);
        sum3_1.intoArray(sums, column + 112);
        sum4_0.intoArray(sums, column + 128);
        sum4_1.intoArray(sums, column + 144);
        sum5_0.intoArray(sums, column + 160);
        sum5_1.intoArray(sums, column + 176);
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
        FloatVector bias1 = FloatVector.fromMemorySegment(SPECIES, constants, bias + 64, ORDER);
        FloatVector least = FloatVector.broadcast(SPECIES, floor);
        long output0 = output + pixels[pixel];
        FloatVector value0_0 = FloatVector.fromArray(SPECIES, sums, 0).add(bias0);
        value0_0.blend(least, value0_0.lt(least)).intoMemorySegment(arena, output0, ORDER);
        FloatVector value0_1 = FloatVector.fromArray(SPECIES, sums, 16).add(bias1);
        value0_1.blend(least, value0_1.lt(least)).intoMemorySegment(arena, output0 + 64, ORDER);
        long output1 = output + pixels[pixel + 1];
        FloatVector value1_0 = FloatVector.fromArray(SPECIES, sums, 32).add(bias0);
        value1_0.blend(least, value1_0.lt(least)).intoMemorySegment(arena, output1, ORDER);
        FloatVector value1_1 = FloatVector.fromArray(SPECIES, sums, 48).add(bias1);
        value1_1.blend(least, value1_1.lt(least)).intoMemorySegment(arena, output1 + 64, ORDER);
        long output2 = output + pixels[pixel + 2];
        FloatVector value2_0 = FloatVector.fromArray(SPECIES, sums, 64).add(bias0);
        value2_0.blend(least, value2_0.lt(least)).intoMemorySegment(arena, output2, ORDER);
        FloatVector value2_1 = FloatVector.fromArray(SPECIES, sums, 80).add(bias1);
        value2_1.blend(least, value2_1.lt(least)).intoMemorySegment(arena, output2 + 64, ORDER);
        long output3 = output + pixels[pixel + 3];
        FloatVector value3_0 = FloatVector.fromArray(SPECIES, sums, 96).add(bias0);
        value3_0.blend(least, value3_0.lt(least)).intoMemorySegment(arena, output3, ORDER);
        FloatVector value3_1 = FloatVector.fromArray(SPECIES, sums, 112).add(bias1);
        value3_1.blend(least, value3_1.lt(least)).intoMemorySegment(arena, output3 + 64, ORDER);
        long output4 = output + pixels[pixel + 4];
        FloatVector value4_0 = FloatVector.fromArray(SPECIES, sums, 128).add(bias0);
        value4_0.blend(least, value4_0.lt(least)).intoMemorySegment(arena, output4, ORDER);
        FloatVector value4_1 = FloatVector.fromArray(SPECIES, sums, 144).add(bias1);
        value4_1.blend(least, value4_1.lt(least)).intoMemorySegment(arena, output4 + 64, ORDER);
        long output5 = output + pixels[pixel + 5];
        FloatVector value5_0 = FloatVector.fromArray(SPECIES, sums, 160).add(bias0);
        value5_0.blend(least, value5_0.lt(least)).intoMemorySegment(arena, output5, ORDER);
        FloatVector value5_1 = FloatVector.fromArray(SPECIES, sums, 176).add(bias1);
        value5_1.blend(least, value5_1.lt(least)).intoMemorySegment(arena, output5 + 64, ORDER);
        long output6 = output + pixels[pixel + 6];
        FloatVector value6_0 = FloatVector.fromArray(SPECIES, sums, 192).add(bias0);
        value6_0.blend(least, value6_0.lt(least)).intoMemorySegment(arena, output6, ORDER);
        FloatVector value6_1 = FloatVector.fromArray(SPECIES, sums, 208).add(bias1);
        value6_1.blend(least, value6_1.lt(least)).intoMemorySegment(arena, output6 + 64, ORDER);
        long output7 = output + pixels[pixel + 7];
        FloatVector value7_0 = FloatVector.fromArray(SPECIES, sums, 224).add(bias0);
        value7_0.blend(least, value7_0.lt(least)).intoMemorySegment(arena, output7, ORDER);
        FloatVector value7_1 = FloatVector.fromArray(SPECIES, sums, 240).add(bias1);
        value7_1.blend(least, value7_1.lt(least)).intoMemorySegment(arena, output7 + 64, ORDER);
        long output8 = output + pixels[pixel + 8];
        FloatVector value8_0 = FloatVector.fromArray(SPECIES, sums, 256).add(bias0);
        value8_0.blend(least, value8_0.lt(least)).intoMemorySegment(arena, output8, ORDER);
        FloatVector value8_1 = FloatVector.fromArray(SPECIES, sums, 272).add(bias1);
        value8_1.blend(least, value8_1.lt(least)).intoMemorySegment(arena, output8 + 64, ORDER);
        long output9 = output + pixels[pixel + 9];
        FloatVector value9_0 = FloatVector.fromArray(SPECIES, sums, 288).add(bias0);
        value9_0.blend(least, value9_0.lt(least)).intoMemorySegment(arena, output9, ORDER);
        FloatVector value9_1 = FloatVector.fromArray(SPECIES, sums, 304).add(bias1);
        value9_1.blend(least, value9_1.lt(least)).intoMemorySegment(arena, output9 + 64, ORDER);
        long output10 = output + pixels[pixel + 10];
        FloatVector value10_0 = FloatVector.fromArray(SPECIES, sums, 320).add(bias0);
        value10_0.blend(least, value10_0.lt(least)).intoMemorySegment(arena, output10, ORDER);
        FloatVector value10_1 = FloatVector.fromArray(SPECIES, sums, 336).add(bias1);
        value10_1.blend(least, value10_1.lt(least)).intoMemorySegment(arena, output10 + 64, ORDER);
        long output11 = output + pixels[pixel + 11];
        FloatVector value11_0 = FloatVector.fromArray(SPECIES, sums, 352).add(bias0);
        value11_0.blend(least, value11_0.lt(least)).intoMemorySegment(arena, output11, ORDER);
        FloatVector value11_1 = FloatVector.fromArray(SPECIES, sums, 368).add(bias1);
        value11_1.blend(least, value11_1.lt(least)).intoMemorySegment(arena, output11 + 64, ORDER);
        long output12 = output + pixels[pixel + 12];
        FloatVector value12_0 = FloatVector.fromArray(SPECIES, sums, 384).add(bias0);
        value12_0.blend(least, value12_0.lt(least)).intoMemorySegment(arena, output12, ORDER);
        FloatVector value12_1 = FloatVector.fromArray(SPECIES, sums, 400).add(bias1);
        value12_1.blend(least, value12_1.lt(least)).intoMemorySegment(arena, output12 + 64, ORDER);
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
