package xceptionc.examples;

import io.xceptionc.runtime.kernel.Depthwise;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Patches;
import io.xceptionc.runtime.kernel.Pooling;
import io.xceptionc.runtime.kernel.Product;
import io.xceptionc.runtime.kernel.Winograd;
import io.xceptionc.runtime.kernel.shared.WindowKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with vectors of 128 bits, 4 floats.
 */
final class XceptionShapesKernels128 extends XceptionShapesKernels {
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
            case 0 -> densePanel(frame.arena(), 0, frame.constants(), 0, 0, count, frame.sums(0));
            case 1 -> finishPixel(frame.sums(0), frame.constants(), 0, frame.arena(), 0,
                    frame.noPixels(), 0, count, 0, 0);
            case 2 -> slide3WideBy4(frame.arena(), 0, 0, frame.constants(), 0, 0, frame.rows(0), 0,
                    count);
            case 3 -> slide3Wide(frame.arena(), 0, 0, frame.constants(), 0, 0, frame.rows(0), 0,
                    count);
            case 4 -> slide3WideBy7(frame.arena(), 0, 0, frame.constants(), 0, 0, frame.rows(0), 0,
                    count);
            case 5 -> slide3WideRectifiedBy4(frame.arena(), 0, 0, frame.constants(), 0, 0,
                    frame.rows(0), 0, count, 0);
            case 6 -> slide3WideRectified(frame.arena(), 0, 0, frame.constants(), 0, 0,
                    frame.rows(0), 0, count, 0);
            case 7 -> maxPool3x3Run(frame.arena(), 0, 0, 0, 0, 0, count);
            case 8 -> touchPages(frame.constants(), 0, count, frame.sums(0));
            case 9 -> multiplyTile(frame.rows(0), 0, frame.constants(), 0, count, frame.sums(0), 0);
            case 10 -> multiplyLowTile(frame.rows(0), 0, frame.constants(), 0, count, frame.sums(0),
                    0);
            case 11 -> finishTile(frame.sums(0), frame.constants(), 0, frame.arena(), 0,
                    frame.noPixels(), 0, count, 0, 0);
            case 12 -> addTile(frame.sums(0), frame.arena(), 0, frame.noPixels(), 0, count);
            case 13 -> finishSquares(frame.sums(0), 0, frame.constants(), 0, frame.arena(), 0,
                    frame.noPixels(), 0, count, 0, 0);
            case 14 -> copyRun(frame.arena(), 0, 0, frame.rows(0), 0, count, 0);
            case 15 -> transformSquares32Run(frame.arena(), 0, 0, frame.rows(0), 0, count);
            default -> throw new IndexOutOfBoundsException(loop);
        }
    }

    @Override
    void dense(Frame frame, ImageLayout input, Product product, int firstPanel, int lastPanel,
            int part) {
        float[] sums = frame.sums(part);
        for (int panel = firstPanel; panel < lastPanel; panel++) {
            Arrays.fill(sums, 0, 32, 0);
            long weights = product.weights(panel);
            for (int k = 0; k < product.depth(); k += 512) {
                long strip = weights + k * STRIP_BYTES;
                densePanel(frame.arena(), input.origin(0) + k * 4L, frame.constants(), strip,
                        strip + product.stripBytes(), Math.min(512, product.depth() - k), sums);
            }
            finishPixel(sums, frame.constants(), product.bias(panel), frame.arena(),
                    product.output(panel), product.outputPixels(), 0, 1, product.floor(),
                    product.ceiling());
        }
    }

    /**
     * Adds a part of a vector times one panel to the sums.
     */
    private static void densePanel(MemorySegment arena, long input, MemorySegment constants,
            long weights, long secondStrip, int depth, float[] sums) {
        if (depth == 0 || arena.getClass() != OFF_HEAP || constants.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        FloatVector sum2 = FloatVector.zero(SPECIES);
        FloatVector sum3 = FloatVector.zero(SPECIES);
        FloatVector sum4 = FloatVector.zero(SPECIES);
        FloatVector sum5 = FloatVector.zero(SPECIES);
        FloatVector sum6 = FloatVector.zero(SPECIES);
        FloatVector sum7 = FloatVector.zero(SPECIES);
        for (int k = 0; k < depth; k++) {
            FloatVector value = FloatVector.broadcast(SPECIES, arena.get(FLOAT, input));
            sum0 = value.fma(FloatVector.fromMemorySegment(SPECIES, constants, weights, ORDER), sum0);
            sum1 = value.fma(FloatVector.fromMemorySegment(SPECIES, constants, weights + 16, ORDER), sum1);
            sum2 = value.fma(FloatVector.fromMemorySegment(SPECIES, constants, weights + 32, ORDER), sum2);
            sum3 = value.fma(FloatVector.fromMemorySegment(SPECIES, constants, weights + 48, ORDER), sum3);
            sum4 = value.fma(FloatVector.fromMemorySegment(SPECIES, constants, secondStrip, ORDER), sum4);
            sum5 = value.fma(FloatVector.fromMemorySegment(SPECIES, constants, secondStrip + 16, ORDER), sum5);
            sum6 = value.fma(FloatVector.fromMemorySegment(SPECIES, constants, secondStrip + 32, ORDER), sum6);
            sum7 = value.fma(FloatVector.fromMemorySegment(SPECIES, constants, secondStrip + 48, ORDER), sum7);
            input += 4;
            weights += STRIP_BYTES;
            secondStrip += STRIP_BYTES;
        }
        sum0.add(FloatVector.fromArray(SPECIES, sums, 0)).intoArray(sums, 0);
        sum1.add(FloatVector.fromArray(SPECIES, sums, 4)).intoArray(sums, 4);
        sum2.add(FloatVector.fromArray(SPECIES, sums, 8)).intoArray(sums, 8);
        sum3.add(FloatVector.fromArray(SPECIES, sums, 12)).intoArray(sums, 12);
        sum4.add(FloatVector.fromArray(SPECIES, sums, 16)).intoArray(sums, 16);
        sum5.add(FloatVector.fromArray(SPECIES, sums, 20)).intoArray(sums, 20);
        sum6.add(FloatVector.fromArray(SPECIES, sums, 24)).intoArray(sums, 24);
        sum7.add(FloatVector.fromArray(SPECIES, sums, 28)).intoArray(sums, 28);
    }

    /**
     * What follows the sums.
     */
    private static void finishPixel(float[] sums, MemorySegment constants, long bias,
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
    }

    @Override
    void depthwise3x3By4(Frame frame, Depthwise depthwise, int firstPixel, int lastPixel,
            int part) {
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
                int to = (pixel - firstPixel) * 544 + block * 32;
                for (int lane = 0; lane < 32; lane += LANES) {
                    long laneBytes = lane * 4L;
                    int i = 0;
                    if (count >= 4) {
                        for (; i < count; i += 4) {
                            int first = Math.min(i, count - 4);
                            slide3WideBy4(frame.arena(), source + laneBytes + first * step, rowStep,
                                    frame.constants(), taps + laneBytes, bias + laneBytes,
                                    frame.rows(part), to + lane + first * 544, 3);
                        }
                    }
                    for (; i < count; i++) {
                        slide3Wide(frame.arena(), source + laneBytes + i * step, rowStep,
                                frame.constants(), taps + laneBytes, bias + laneBytes,
                                frame.rows(part), to + lane + i * 544, 3);
                    }
                }
            }
            pixel += count;
        }
    }

    /**
     * One vector of channels of 4 neighbouring pixels.
     */
    private static void slide3WideBy4(MemorySegment arena, long source, long rowStep,
            MemorySegment constants, long taps, long bias, float[] rows, int to, int kernelHeight) {
        if (kernelHeight == 0 || arena.getClass() != OFF_HEAP || constants.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector sum0 = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
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
            sum3 = x4.fma(tap1, sum3);
            sum2 = x4.fma(tap2, sum2);
            FloatVector x5 = FloatVector.fromMemorySegment(SPECIES, arena, source + 5 * PIXEL_BYTES, ORDER);
            sum3 = x5.fma(tap2, sum3);
            source += rowStep;
            taps += 3 * PIXEL_BYTES;
        }
        sum0.intoArray(rows, to);
        sum1.intoArray(rows, to + 544);
        sum2.intoArray(rows, to + 1088);
        sum3.intoArray(rows, to + 1632);
    }

    /**
     * One vector of channels of a pixel.
     */
    private static void slide3Wide(MemorySegment arena, long source, long rowStep,
            MemorySegment constants, long taps, long bias, float[] rows, int to, int kernelHeight) {
        if (kernelHeight == 0 || arena.getClass() != OFF_HEAP || constants.getClass() != OFF_HEAP) {
            return;
        }
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
        sum0.intoArray(rows, to);
    }

    @Override
    void depthwise3x3By7(Frame frame, Depthwise depthwise, int firstPixel, int lastPixel,
            int part) {
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
                int to = (pixel - firstPixel) * 544 + block * 32;
                for (int lane = 0; lane < 32; lane += LANES) {
                    long laneBytes = lane * 4L;
                    int i = 0;
                    if (count >= 7) {
                        for (; i < count; i += 7) {
                            int first = Math.min(i, count - 7);
                            slide3WideBy7(frame.arena(), source + laneBytes + first * step, rowStep,
                                    frame.constants(), taps + laneBytes, bias + laneBytes,
                                    frame.rows(part), to + lane + first * 544, 3);
                        }
                    }
                    for (; i < count; i++) {
                        slide3Wide(frame.arena(), source + laneBytes + i * step, rowStep,
                                frame.constants(), taps + laneBytes, bias + laneBytes,
                                frame.rows(part), to + lane + i * 544, 3);
                    }
                }
            }
            pixel += count;
        }
    }

    /**
     * One vector of channels of 7 neighbouring pixels.
     */
    private static void slide3WideBy7(MemorySegment arena, long source, long rowStep,
            MemorySegment constants, long taps, long bias, float[] rows, int to, int kernelHeight) {
        if (kernelHeight == 0 || arena.getClass() != OFF_HEAP || constants.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector sum0 = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector sum4 = sum0;
        FloatVector sum5 = sum0;
        FloatVector sum6 = sum0;
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
            sum6 = x6.fma(tap0, sum6);
            sum5 = x6.fma(tap1, sum5);
            sum4 = x6.fma(tap2, sum4);
            FloatVector x7 = FloatVector.fromMemorySegment(SPECIES, arena, source + 7 * PIXEL_BYTES, ORDER);
            sum6 = x7.fma(tap1, sum6);
            sum5 = x7.fma(tap2, sum5);
            FloatVector x8 = FloatVector.fromMemorySegment(SPECIES, arena, source + 8 * PIXEL_BYTES, ORDER);
            sum6 = x8.fma(tap2, sum6);
            source += rowStep;
            taps += 3 * PIXEL_BYTES;
        }
        sum0.intoArray(rows, to);
        sum1.intoArray(rows, to + 544);
        sum2.intoArray(rows, to + 1088);
        sum3.intoArray(rows, to + 1632);
        sum4.intoArray(rows, to + 2176);
        sum5.intoArray(rows, to + 2720);
        sum6.intoArray(rows, to + 3264);
    }

    @Override
    void depthwise3x3RectifiedBy4(Frame frame, Depthwise depthwise, int firstPixel, int lastPixel,
            int part) {
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
                int to = (pixel - firstPixel) * 544 + block * 32;
                for (int lane = 0; lane < 32; lane += LANES) {
                    long laneBytes = lane * 4L;
                    int i = 0;
                    if (count >= 4) {
                        for (; i < count; i += 4) {
                            int first = Math.min(i, count - 4);
                            slide3WideRectifiedBy4(frame.arena(), source + laneBytes + first * step,
                                    rowStep, frame.constants(), taps + laneBytes, bias + laneBytes,
                                    frame.rows(part), to + lane + first * 544,
                                    3, depthwise.inputFloor());
                        }
                    }
                    for (; i < count; i++) {
                        slide3WideRectified(frame.arena(), source + laneBytes + i * step, rowStep,
                                frame.constants(), taps + laneBytes, bias + laneBytes,
                                frame.rows(part), to + lane + i * 544, 3, depthwise.inputFloor());
                    }
                }
            }
            pixel += count;
        }
    }

    /**
     * One vector of channels of 4 neighbouring pixels.
     */
    private static void slide3WideRectifiedBy4(MemorySegment arena, long source, long rowStep,
            MemorySegment constants, long taps, long bias, float[] rows, int to, int kernelHeight,
            float inputFloor) {
        if (kernelHeight == 0 || arena.getClass() != OFF_HEAP || constants.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector inputLeast = FloatVector.broadcast(SPECIES, inputFloor);
        FloatVector sum0 = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int y = 0; y < kernelHeight; y++) {
            FloatVector tap0 = FloatVector.fromMemorySegment(SPECIES, constants, taps, ORDER);
            FloatVector tap1 = FloatVector.fromMemorySegment(SPECIES, constants, taps + PIXEL_BYTES, ORDER);
            FloatVector tap2 = FloatVector.fromMemorySegment(SPECIES, constants, taps + 2 * PIXEL_BYTES, ORDER);
            FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
            x0 = x0.blend(inputLeast, x0.lt(inputLeast));
            sum0 = x0.fma(tap0, sum0);
            FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, arena, source + PIXEL_BYTES, ORDER);
            x1 = x1.blend(inputLeast, x1.lt(inputLeast));
            sum1 = x1.fma(tap0, sum1);
            sum0 = x1.fma(tap1, sum0);
            FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * PIXEL_BYTES, ORDER);
            x2 = x2.blend(inputLeast, x2.lt(inputLeast));
            sum2 = x2.fma(tap0, sum2);
            sum1 = x2.fma(tap1, sum1);
            sum0 = x2.fma(tap2, sum0);
            FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, arena, source + 3 * PIXEL_BYTES, ORDER);
            x3 = x3.blend(inputLeast, x3.lt(inputLeast));
            sum3 = x3.fma(tap0, sum3);
            sum2 = x3.fma(tap1, sum2);
            sum1 = x3.fma(tap2, sum1);
            FloatVector x4 = FloatVector.fromMemorySegment(SPECIES, arena, source + 4 * PIXEL_BYTES, ORDER);
            x4 = x4.blend(inputLeast, x4.lt(inputLeast));
            sum3 = x4.fma(tap1, sum3);
            sum2 = x4.fma(tap2, sum2);
            FloatVector x5 = FloatVector.fromMemorySegment(SPECIES, arena, source + 5 * PIXEL_BYTES, ORDER);
            x5 = x5.blend(inputLeast, x5.lt(inputLeast));
            sum3 = x5.fma(tap2, sum3);
            source += rowStep;
            taps += 3 * PIXEL_BYTES;
        }
        sum0.intoArray(rows, to);
        sum1.intoArray(rows, to + 544);
        sum2.intoArray(rows, to + 1088);
        sum3.intoArray(rows, to + 1632);
    }

    /**
     * One vector of channels of a pixel.
     */
    private static void slide3WideRectified(MemorySegment arena, long source, long rowStep,
            MemorySegment constants, long taps, long bias, float[] rows, int to, int kernelHeight,
            float inputFloor) {
        if (kernelHeight == 0 || arena.getClass() != OFF_HEAP || constants.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector inputLeast = FloatVector.broadcast(SPECIES, inputFloor);
        FloatVector sum0 = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER);
        for (int y = 0; y < kernelHeight; y++) {
            FloatVector tap0 = FloatVector.fromMemorySegment(SPECIES, constants, taps, ORDER);
            FloatVector tap1 = FloatVector.fromMemorySegment(SPECIES, constants, taps + PIXEL_BYTES, ORDER);
            FloatVector tap2 = FloatVector.fromMemorySegment(SPECIES, constants, taps + 2 * PIXEL_BYTES, ORDER);
            FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
            x0 = x0.blend(inputLeast, x0.lt(inputLeast));
            sum0 = x0.fma(tap0, sum0);
            FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, arena, source + PIXEL_BYTES, ORDER);
            x1 = x1.blend(inputLeast, x1.lt(inputLeast));
            sum0 = x1.fma(tap1, sum0);
            FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * PIXEL_BYTES, ORDER);
            x2 = x2.blend(inputLeast, x2.lt(inputLeast));
            sum0 = x2.fma(tap2, sum0);
            source += rowStep;
            taps += 3 * PIXEL_BYTES;
        }
        sum0.intoArray(rows, to);
    }

    @Override
    void maxPool3x3(Frame frame, Pooling pooling, int firstRow, int lastRow) {
        ImageLayout input = pooling.input();
        ImageLayout output = pooling.output();
        int firstX = pooling.firstWholeColumn();
        int lastX = pooling.lastWholeColumn();
        for (int row = firstRow; row < lastRow; row++) {
            int block = row / output.height();
            int y = row % output.height();
            if (!pooling.isWholeRow(y) || firstX >= lastX) {
                WindowKernel.MAX_WINDOW.poolPixels(frame, pooling, block, y, 0, output.width());
                continue;
            }
            WindowKernel.MAX_WINDOW.poolPixels(frame, pooling, block, y, 0, firstX);
            long source = pooling.source(block, y, firstX);
            long to = output.origin(block) + y * output.rowBytes() + firstX * PIXEL_BYTES;
            for (long lane = 0; lane < PIXEL_BYTES; lane += 64) {
                maxPool3x3Run(frame.arena(), source + lane, pooling.dilationHeight() * input.rowBytes(),
                        pooling.dilationWidth() * PIXEL_BYTES, pooling.strideWidth() * PIXEL_BYTES, to + lane,
                        lastX - firstX);
            }
            WindowKernel.MAX_WINDOW.poolPixels(frame, pooling, block, y, lastX, output.width());
        }
    }

    /**
     * A few vectors of channels of neighbouring pixels under whole windows.
     */
    private static void maxPool3x3Run(MemorySegment arena, long source, long rowStep,
            long columnStep, long step, long to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        for (int i = 0; i < count; i++) {
            FloatVector value0;
            FloatVector result0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
            value0 = FloatVector.fromMemorySegment(SPECIES, arena, source + columnStep, ORDER);
            result0 = value0.blend(result0, value0.lt(result0));
            value0 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * columnStep, ORDER);
            result0 = value0.blend(result0, value0.lt(result0));
            value0 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep, ORDER);
            result0 = value0.blend(result0, value0.lt(result0));
            value0 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + columnStep, ORDER);
            result0 = value0.blend(result0, value0.lt(result0));
            value0 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + 2 * columnStep, ORDER);
            result0 = value0.blend(result0, value0.lt(result0));
            value0 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep, ORDER);
            result0 = value0.blend(result0, value0.lt(result0));
            value0 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + columnStep, ORDER);
            result0 = value0.blend(result0, value0.lt(result0));
            value0 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + 2 * columnStep, ORDER);
            result0 = value0.blend(result0, value0.lt(result0));
            result0.intoMemorySegment(arena, to, ORDER);
            FloatVector value1;
            FloatVector result1 = FloatVector.fromMemorySegment(SPECIES, arena, source + 16, ORDER);
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + columnStep + 16, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * columnStep + 16, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + 16, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + columnStep + 16, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + 2 * columnStep + 16, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + 16, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + columnStep + 16, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + 2 * columnStep + 16, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            result1.intoMemorySegment(arena, to + 16, ORDER);
            FloatVector value2;
            FloatVector result2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 32, ORDER);
            value2 = FloatVector.fromMemorySegment(SPECIES, arena, source + columnStep + 32, ORDER);
            result2 = value2.blend(result2, value2.lt(result2));
            value2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * columnStep + 32, ORDER);
            result2 = value2.blend(result2, value2.lt(result2));
            value2 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + 32, ORDER);
            result2 = value2.blend(result2, value2.lt(result2));
            value2 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + columnStep + 32, ORDER);
            result2 = value2.blend(result2, value2.lt(result2));
            value2 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + 2 * columnStep + 32, ORDER);
            result2 = value2.blend(result2, value2.lt(result2));
            value2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + 32, ORDER);
            result2 = value2.blend(result2, value2.lt(result2));
            value2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + columnStep + 32, ORDER);
            result2 = value2.blend(result2, value2.lt(result2));
            value2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + 2 * columnStep + 32, ORDER);
            result2 = value2.blend(result2, value2.lt(result2));
            result2.intoMemorySegment(arena, to + 32, ORDER);
            FloatVector value3;
            FloatVector result3 = FloatVector.fromMemorySegment(SPECIES, arena, source + 48, ORDER);
            value3 = FloatVector.fromMemorySegment(SPECIES, arena, source + columnStep + 48, ORDER);
            result3 = value3.blend(result3, value3.lt(result3));
            value3 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * columnStep + 48, ORDER);
            result3 = value3.blend(result3, value3.lt(result3));
            value3 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + 48, ORDER);
            result3 = value3.blend(result3, value3.lt(result3));
            value3 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + columnStep + 48, ORDER);
            result3 = value3.blend(result3, value3.lt(result3));
            value3 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + 2 * columnStep + 48, ORDER);
            result3 = value3.blend(result3, value3.lt(result3));
            value3 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + 48, ORDER);
            result3 = value3.blend(result3, value3.lt(result3));
            value3 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + columnStep + 48, ORDER);
            result3 = value3.blend(result3, value3.lt(result3));
            value3 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + 2 * columnStep + 48, ORDER);
            result3 = value3.blend(result3, value3.lt(result3));
            result3.intoMemorySegment(arena, to + 48, ORDER);
            source += step;
            to += PIXEL_BYTES;
        }
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
                int row = (pixel - firstPixel) * 544;
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
            FloatVector value1 = FloatVector.broadcast(SPECIES, rows[row + 544]);
            sum1_0 = value1.fma(weight0, sum1_0);
            sum1_1 = value1.fma(weight1, sum1_1);
            FloatVector value2 = FloatVector.broadcast(SPECIES, rows[row + 1088]);
            sum2_0 = value2.fma(weight0, sum2_0);
            sum2_1 = value2.fma(weight1, sum2_1);
            FloatVector value3 = FloatVector.broadcast(SPECIES, rows[row + 1632]);
            sum3_0 = value3.fma(weight0, sum3_0);
            sum3_1 = value3.fma(weight1, sum3_1);
            FloatVector value4 = FloatVector.broadcast(SPECIES, rows[row + 2176]);
            sum4_0 = value4.fma(weight0, sum4_0);
            sum4_1 = value4.fma(weight1, sum4_1);
            FloatVector value5 = FloatVector.broadcast(SPECIES, rows[row + 2720]);
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
            FloatVector value1 = FloatVector.broadcast(SPECIES, rows[row + 544]);
            sum1_0 = value1.fma(weight0, sum1_0);
            sum1_1 = value1.fma(weight1, sum1_1);
            FloatVector value2 = FloatVector.broadcast(SPECIES, rows[row + 1088]);
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
    void multiplyAndAdd(Frame frame, Product product, int firstPixel, int lastPixel, int firstPanel,
            int lastPanel, int part) {
        float[] rows = frame.rows(part);
        float[] sums = frame.sums(part);
        for (int first = firstPanel; first < lastPanel; first += 2) {
            int last = Math.min(first + 2, lastPanel);
            touchPages(frame.constants(), product.weights(first), product.pages(last - first), sums);
            for (int pixel = firstPixel; pixel < lastPixel; pixel += 6) {
                int row = (pixel - firstPixel) * 544;
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
                    addTile(sums, frame.arena(), product.residual(panel), product.residualPixels(),
                            pixel, 6);
                    finishTile(sums, frame.constants(), product.bias(panel), frame.arena(),
                            product.output(panel), product.outputPixels(), pixel, 6,
                            product.floor(), product.ceiling());
                }
            }
        }
    }

    /**
     * Adds the pixels of an image to the sums.
     */
    private static void addTile(float[] sums, MemorySegment arena, long residual, int[] pixels,
            int pixel, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long residual0 = residual + pixels[pixel];
        FloatVector.fromMemorySegment(SPECIES, arena, residual0, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 0)).intoArray(sums, 0);
        FloatVector.fromMemorySegment(SPECIES, arena, residual0 + 16, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 4)).intoArray(sums, 4);
        FloatVector.fromMemorySegment(SPECIES, arena, residual0 + 32, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 8)).intoArray(sums, 8);
        FloatVector.fromMemorySegment(SPECIES, arena, residual0 + 48, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 12)).intoArray(sums, 12);
        FloatVector.fromMemorySegment(SPECIES, arena, residual0 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 16)).intoArray(sums, 16);
        FloatVector.fromMemorySegment(SPECIES, arena, residual0 + 80, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 20)).intoArray(sums, 20);
        FloatVector.fromMemorySegment(SPECIES, arena, residual0 + 96, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 24)).intoArray(sums, 24);
        FloatVector.fromMemorySegment(SPECIES, arena, residual0 + 112, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 28)).intoArray(sums, 28);
        long residual1 = residual + pixels[pixel + 1];
        FloatVector.fromMemorySegment(SPECIES, arena, residual1, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 32)).intoArray(sums, 32);
        FloatVector.fromMemorySegment(SPECIES, arena, residual1 + 16, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 36)).intoArray(sums, 36);
        FloatVector.fromMemorySegment(SPECIES, arena, residual1 + 32, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 40)).intoArray(sums, 40);
        FloatVector.fromMemorySegment(SPECIES, arena, residual1 + 48, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 44)).intoArray(sums, 44);
        FloatVector.fromMemorySegment(SPECIES, arena, residual1 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 48)).intoArray(sums, 48);
        FloatVector.fromMemorySegment(SPECIES, arena, residual1 + 80, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 52)).intoArray(sums, 52);
        FloatVector.fromMemorySegment(SPECIES, arena, residual1 + 96, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 56)).intoArray(sums, 56);
        FloatVector.fromMemorySegment(SPECIES, arena, residual1 + 112, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 60)).intoArray(sums, 60);
        long residual2 = residual + pixels[pixel + 2];
        FloatVector.fromMemorySegment(SPECIES, arena, residual2, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 64)).intoArray(sums, 64);
        FloatVector.fromMemorySegment(SPECIES, arena, residual2 + 16, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 68)).intoArray(sums, 68);
        FloatVector.fromMemorySegment(SPECIES, arena, residual2 + 32, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 72)).intoArray(sums, 72);
        FloatVector.fromMemorySegment(SPECIES, arena, residual2 + 48, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 76)).intoArray(sums, 76);
        FloatVector.fromMemorySegment(SPECIES, arena, residual2 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 80)).intoArray(sums, 80);
        FloatVector.fromMemorySegment(SPECIES, arena, residual2 + 80, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 84)).intoArray(sums, 84);
        FloatVector.fromMemorySegment(SPECIES, arena, residual2 + 96, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 88)).intoArray(sums, 88);
        FloatVector.fromMemorySegment(SPECIES, arena, residual2 + 112, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 92)).intoArray(sums, 92);
        long residual3 = residual + pixels[pixel + 3];
        FloatVector.fromMemorySegment(SPECIES, arena, residual3, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 96)).intoArray(sums, 96);
        FloatVector.fromMemorySegment(SPECIES, arena, residual3 + 16, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 100)).intoArray(sums, 100);
        FloatVector.fromMemorySegment(SPECIES, arena, residual3 + 32, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 104)).intoArray(sums, 104);
        FloatVector.fromMemorySegment(SPECIES, arena, residual3 + 48, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 108)).intoArray(sums, 108);
        FloatVector.fromMemorySegment(SPECIES, arena, residual3 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 112)).intoArray(sums, 112);
        FloatVector.fromMemorySegment(SPECIES, arena, residual3 + 80, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 116)).intoArray(sums, 116);
        FloatVector.fromMemorySegment(SPECIES, arena, residual3 + 96, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 120)).intoArray(sums, 120);
        FloatVector.fromMemorySegment(SPECIES, arena, residual3 + 112, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 124)).intoArray(sums, 124);
        long residual4 = residual + pixels[pixel + 4];
        FloatVector.fromMemorySegment(SPECIES, arena, residual4, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 128)).intoArray(sums, 128);
        FloatVector.fromMemorySegment(SPECIES, arena, residual4 + 16, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 132)).intoArray(sums, 132);
        FloatVector.fromMemorySegment(SPECIES, arena, residual4 + 32, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 136)).intoArray(sums, 136);
        FloatVector.fromMemorySegment(SPECIES, arena, residual4 + 48, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 140)).intoArray(sums, 140);
        FloatVector.fromMemorySegment(SPECIES, arena, residual4 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 144)).intoArray(sums, 144);
        FloatVector.fromMemorySegment(SPECIES, arena, residual4 + 80, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 148)).intoArray(sums, 148);
        FloatVector.fromMemorySegment(SPECIES, arena, residual4 + 96, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 152)).intoArray(sums, 152);
        FloatVector.fromMemorySegment(SPECIES, arena, residual4 + 112, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 156)).intoArray(sums, 156);
        long residual5 = residual + pixels[pixel + 5];
        FloatVector.fromMemorySegment(SPECIES, arena, residual5, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 160)).intoArray(sums, 160);
        FloatVector.fromMemorySegment(SPECIES, arena, residual5 + 16, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 164)).intoArray(sums, 164);
        FloatVector.fromMemorySegment(SPECIES, arena, residual5 + 32, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 168)).intoArray(sums, 168);
        FloatVector.fromMemorySegment(SPECIES, arena, residual5 + 48, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 172)).intoArray(sums, 172);
        FloatVector.fromMemorySegment(SPECIES, arena, residual5 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 176)).intoArray(sums, 176);
        FloatVector.fromMemorySegment(SPECIES, arena, residual5 + 80, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 180)).intoArray(sums, 180);
        FloatVector.fromMemorySegment(SPECIES, arena, residual5 + 96, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 184)).intoArray(sums, 184);
        FloatVector.fromMemorySegment(SPECIES, arena, residual5 + 112, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 188)).intoArray(sums, 188);
    }

    @Override
    void multiplySquares(Frame frame, Winograd winograd, Product product, int firstSquare,
            int lastSquare, int firstPanel, int lastPanel, int part) {
        float[] rows = frame.rows(part);
        int squares = lastSquare - firstSquare;
        // The sums lie behind the rows.
        float[] sums = rows;
        int firstSum = (squares + 16) * 544;
        for (int panel = firstPanel; panel < lastPanel; panel++) {
            for (int component = 0; component < 16; component++) {
                long weights = product.weights(panel * 16 + component);
                touchPages(frame.constants(), weights, product.pages(1), frame.sums(part));
                int sum = firstSum + component * 192;
                for (int square = 0; square < squares; square += 6) {
                    boolean low = squares - square <= 3;
                    int row = square * 544 + component * winograd.componentFloats();
                    for (int column = 0; column < 32; column += 8) {
                        long strip = weights + column / 16 * product.stripBytes() + column % 16 * 4L;
                        if (low) {
                            multiplyLowTile(rows, row, frame.constants(), strip, product.depth(), sums, sum + column);
                        } else {
                            multiplyTile(rows, row, frame.constants(), strip, product.depth(), sums, sum + column);
                        }
                    }
                    sum += 3072;
                }
            }
            for (int square = 0; square < squares; square += 6) {
                int sum = firstSum + square * 512;
                int count = Math.min(squares - square, 6);
                for (int lane = 0; lane < 32; lane += LANES) {
                    finishSquares(sums, sum + lane, frame.constants(), product.bias(panel) + lane * 4L,
                            frame.arena(), product.output(panel) + lane * 4L,
                            winograd.squarePixels(), (firstSquare + square) * 4,
                            count, product.floor(), product.ceiling());
                }
            }
        }
    }

    /**
     * One vector of channels of neighbouring squares.
     */
    private static void finishSquares(float[] sums, int from, MemorySegment constants, long bias,
            MemorySegment arena, long output, int[] pixels, int pixel, int count, float floor,
            float ceiling) {
        if (count == 0 || constants.getClass() != OFF_HEAP || arena.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector start = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER);
        FloatVector least = FloatVector.broadcast(SPECIES, floor);
        for (int i = 0; i < count; i++) {
            FloatVector sum0 = FloatVector.fromArray(SPECIES, sums, from);
            FloatVector sum1 = FloatVector.fromArray(SPECIES, sums, from + 192);
            FloatVector sum2 = FloatVector.fromArray(SPECIES, sums, from + 384);
            FloatVector sum3 = FloatVector.fromArray(SPECIES, sums, from + 576);
            FloatVector sum4 = FloatVector.fromArray(SPECIES, sums, from + 768);
            FloatVector sum5 = FloatVector.fromArray(SPECIES, sums, from + 960);
            FloatVector sum6 = FloatVector.fromArray(SPECIES, sums, from + 1152);
            FloatVector sum7 = FloatVector.fromArray(SPECIES, sums, from + 1344);
            FloatVector sum8 = FloatVector.fromArray(SPECIES, sums, from + 1536);
            FloatVector sum9 = FloatVector.fromArray(SPECIES, sums, from + 1728);
            FloatVector sum10 = FloatVector.fromArray(SPECIES, sums, from + 1920);
            FloatVector sum11 = FloatVector.fromArray(SPECIES, sums, from + 2112);
            FloatVector sum12 = FloatVector.fromArray(SPECIES, sums, from + 2304);
            FloatVector sum13 = FloatVector.fromArray(SPECIES, sums, from + 2496);
            FloatVector sum14 = FloatVector.fromArray(SPECIES, sums, from + 2688);
            FloatVector sum15 = FloatVector.fromArray(SPECIES, sums, from + 2880);
            sum5 = sum5.add(start);
            FloatVector upper0 = sum0.add(sum4).add(sum8);
            FloatVector lower0 = sum4.sub(sum8).sub(sum12);
            FloatVector upper1 = sum1.add(sum5).add(sum9);
            FloatVector lower1 = sum5.sub(sum9).sub(sum13);
            FloatVector upper2 = sum2.add(sum6).add(sum10);
            FloatVector lower2 = sum6.sub(sum10).sub(sum14);
            FloatVector upper3 = sum3.add(sum7).add(sum11);
            FloatVector lower3 = sum7.sub(sum11).sub(sum15);
            FloatVector pixel0 = upper0.add(upper1).add(upper2);
            FloatVector pixel1 = upper1.sub(upper2).sub(upper3);
            pixel0.blend(least, pixel0.lt(least)).intoMemorySegment(arena, output + pixels[pixel], ORDER);
            pixel1.blend(least, pixel1.lt(least)).intoMemorySegment(arena, output + pixels[pixel + 1], ORDER);
            FloatVector pixel2 = lower0.add(lower1).add(lower2);
            FloatVector pixel3 = lower1.sub(lower2).sub(lower3);
            pixel2.blend(least, pixel2.lt(least)).intoMemorySegment(arena, output + pixels[pixel + 2], ORDER);
            pixel3.blend(least, pixel3.lt(least)).intoMemorySegment(arena, output + pixels[pixel + 3], ORDER);
            from += 32;
            pixel += 4;
        }
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
            int to = (pixel - firstPixel) * 544;
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
            to += 544;
        }
    }

    @Override
    void patchesOfOneBlock(Frame frame, Patches patches, int firstPixel, int lastPixel, int part) {
        ImageLayout input = patches.input();
        int width = patches.outputWidth();
        int runFloats = patches.kernelWidth() * input.blockChannels();
        long step = patches.strideWidth() * input.pixelBytes();
        for (int pixel = firstPixel; pixel < lastPixel;) {
            int y = pixel / width;
            int x = pixel % width;
            int count = Math.min(width - x, lastPixel - pixel);
            long source = patches.source(0, y, x);
            int to = (pixel - firstPixel) * 544;
            for (int ky = 0; ky < patches.kernelHeight(); ky++) {
                long tap = source + ky * patches.dilationHeight() * input.rowBytes();
                for (int lane = 0; lane < runFloats; lane += LANES) {
                    copyRun(frame.arena(), tap + lane * 4L, step, frame.rows(part), to + lane, count,
                            patches.inputFloor());
                }
                to += runFloats;
            }
            pixel += count;
        }
    }

    @Override
    void transformSquares32(Frame frame, Winograd winograd, int firstSquare, int lastSquare,
            int part) {
        ImageLayout input = winograd.input();
        int width = winograd.squaresOfRow();
        for (int square = firstSquare; square < lastSquare;) {
            int y = square / width;
            int x = square % width;
            int count = Math.min(width - x, lastSquare - square);
            for (int block = 0; block < input.blockCount(); block++) {
                long source = winograd.source(block, y, x);
                int to = (square - firstSquare) * 544 + block * 32;
                for (int lane = 0; lane < 32; lane += LANES) {
                    transformSquares32Run(frame.arena(), source + lane * 4L, input.rowBytes(),
                            frame.rows(part), to + lane, count);
                }
            }
            square += count;
        }
    }

    /**
     * One vector of channels of neighbouring squares.
     */
    private static void transformSquares32Run(MemorySegment arena, long source, long rowStep,
            float[] rows, int to, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector value0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
        FloatVector value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep, ORDER);
        FloatVector value2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep, ORDER);
        FloatVector value3 = FloatVector.fromMemorySegment(SPECIES, arena, source + 3 * rowStep, ORDER);
        FloatVector first0 = value0.sub(value2);
        FloatVector first1 = value1.add(value2);
        FloatVector first2 = value2.sub(value1);
        FloatVector first3 = value1.sub(value3);
        source += PIXEL_BYTES;
        value0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
        value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep, ORDER);
        value2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep, ORDER);
        value3 = FloatVector.fromMemorySegment(SPECIES, arena, source + 3 * rowStep, ORDER);
        FloatVector second0 = value0.sub(value2);
        FloatVector second1 = value1.add(value2);
        FloatVector second2 = value2.sub(value1);
        FloatVector second3 = value1.sub(value3);
        for (int i = 0; i < count; i++) {
            source += PIXEL_BYTES;
            value0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep, ORDER);
            value2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep, ORDER);
            value3 = FloatVector.fromMemorySegment(SPECIES, arena, source + 3 * rowStep, ORDER);
            FloatVector third0 = value0.sub(value2);
            FloatVector third1 = value1.add(value2);
            FloatVector third2 = value2.sub(value1);
            FloatVector third3 = value1.sub(value3);
            source += PIXEL_BYTES;
            value0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep, ORDER);
            value2 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep, ORDER);
            value3 = FloatVector.fromMemorySegment(SPECIES, arena, source + 3 * rowStep, ORDER);
            FloatVector fourth0 = value0.sub(value2);
            FloatVector fourth1 = value1.add(value2);
            FloatVector fourth2 = value2.sub(value1);
            FloatVector fourth3 = value1.sub(value3);
            first0.sub(third0).intoArray(rows, to);
            second0.add(third0).intoArray(rows, to + 32);
            third0.sub(second0).intoArray(rows, to + 64);
            second0.sub(fourth0).intoArray(rows, to + 96);
            first0 = third0;
            second0 = fourth0;
            first1.sub(third1).intoArray(rows, to + 128);
            second1.add(third1).intoArray(rows, to + 160);
            third1.sub(second1).intoArray(rows, to + 192);
            second1.sub(fourth1).intoArray(rows, to + 224);
            first1 = third1;
            second1 = fourth1;
            first2.sub(third2).intoArray(rows, to + 256);
            second2.add(third2).intoArray(rows, to + 288);
            third2.sub(second2).intoArray(rows, to + 320);
            second2.sub(fourth2).intoArray(rows, to + 352);
            first2 = third2;
            second2 = fourth2;
            first3.sub(third3).intoArray(rows, to + 384);
            second3.add(third3).intoArray(rows, to + 416);
            third3.sub(second3).intoArray(rows, to + 448);
            second3.sub(fourth3).intoArray(rows, to + 480);
            first3 = third3;
            second3 = fourth3;
            to += 544;
        }
    }
}
