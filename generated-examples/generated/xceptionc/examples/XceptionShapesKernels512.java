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
 * The kernels with vectors of 512 bits, 16 floats.
 */
final class XceptionShapesKernels512 extends XceptionShapesKernels {
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
        for (int k = 0; k < depth; k++) {
            FloatVector value = FloatVector.broadcast(SPECIES, arena.get(FLOAT, input));
            sum0 = value.fma(FloatVector.fromMemorySegment(SPECIES, constants, weights, ORDER), sum0);
            sum1 = value.fma(FloatVector.fromMemorySegment(SPECIES, constants, secondStrip, ORDER), sum1);
            input += 4;
            weights += STRIP_BYTES;
            secondStrip += STRIP_BYTES;
        }
        sum0.add(FloatVector.fromArray(SPECIES, sums, 0)).intoArray(sums, 0);
        sum1.add(FloatVector.fromArray(SPECIES, sums, 16)).intoArray(sums, 16);
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
        FloatVector bias1 = FloatVector.fromMemorySegment(SPECIES, constants, bias + 64, ORDER);
        FloatVector least = FloatVector.broadcast(SPECIES, floor);
        long output0 = output + pixels[pixel];
        FloatVector value0_0 = FloatVector.fromArray(SPECIES, sums, 0).add(bias0);
        value0_0.blend(least, value0_0.lt(least)).intoMemorySegment(arena, output0, ORDER);
        FloatVector value0_1 = FloatVector.fromArray(SPECIES, sums, 16).add(bias1);
        value0_1.blend(least, value0_1.lt(least)).intoMemorySegment(arena, output0 + 64, ORDER);
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
            for (long lane = 0; lane < PIXEL_BYTES; lane += 128) {
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
            FloatVector result1 = FloatVector.fromMemorySegment(SPECIES, arena, source + 64, ORDER);
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + columnStep + 64, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * columnStep + 64, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + 64, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + columnStep + 64, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + rowStep + 2 * columnStep + 64, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + 64, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + columnStep + 64, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            value1 = FloatVector.fromMemorySegment(SPECIES, arena, source + 2 * rowStep + 2 * columnStep + 64, ORDER);
            result1 = value1.blend(result1, value1.lt(result1));
            result1.intoMemorySegment(arena, to + 64, ORDER);
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
            for (int pixel = firstPixel; pixel < lastPixel; pixel += 13) {
                int row = (pixel - firstPixel) * 544;
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
            FloatVector value6 = FloatVector.broadcast(SPECIES, rows[row + 3264]);
            sum6_0 = value6.fma(weight0, sum6_0);
            sum6_1 = value6.fma(weight1, sum6_1);
            FloatVector value7 = FloatVector.broadcast(SPECIES, rows[row + 3808]);
            sum7_0 = value7.fma(weight0, sum7_0);
            sum7_1 = value7.fma(weight1, sum7_1);
            FloatVector value8 = FloatVector.broadcast(SPECIES, rows[row + 4352]);
            sum8_0 = value8.fma(weight0, sum8_0);
            sum8_1 = value8.fma(weight1, sum8_1);
            FloatVector value9 = FloatVector.broadcast(SPECIES, rows[row + 4896]);
            sum9_0 = value9.fma(weight0, sum9_0);
            sum9_1 = value9.fma(weight1, sum9_1);
            FloatVector value10 = FloatVector.broadcast(SPECIES, rows[row + 5440]);
            sum10_0 = value10.fma(weight0, sum10_0);
            sum10_1 = value10.fma(weight1, sum10_1);
            FloatVector value11 = FloatVector.broadcast(SPECIES, rows[row + 5984]);
            sum11_0 = value11.fma(weight0, sum11_0);
            sum11_1 = value11.fma(weight1, sum11_1);
            FloatVector value12 = FloatVector.broadcast(SPECIES, rows[row + 6528]);
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
    void multiplyAndAdd(Frame frame, Product product, int firstPixel, int lastPixel, int firstPanel,
            int lastPanel, int part) {
        float[] rows = frame.rows(part);
        float[] sums = frame.sums(part);
        for (int first = firstPanel; first < lastPanel; first += 2) {
            int last = Math.min(first + 2, lastPanel);
            touchPages(frame.constants(), product.weights(first), product.pages(last - first), sums);
            for (int pixel = firstPixel; pixel < lastPixel; pixel += 13) {
                int row = (pixel - firstPixel) * 544;
                boolean low = lastPixel - pixel <= 6;
                for (int panel = first; panel < last; panel++) {
                    long weights = product.weights(panel);
                    if (low) {
                        multiplyLowTile(rows, row, frame.constants(), weights, product.depth(), sums, 0);
                    } else {
                        multiplyTile(rows, row, frame.constants(), weights, product.depth(), sums, 0);
                    }
                    addTile(sums, frame.arena(), product.residual(panel), product.residualPixels(),
                            pixel, 13);
                    finishTile(sums, frame.constants(), product.bias(panel), frame.arena(),
                            product.output(panel), product.outputPixels(), pixel, 13,
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
        FloatVector.fromMemorySegment(SPECIES, arena, residual0 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 16)).intoArray(sums, 16);
        long residual1 = residual + pixels[pixel + 1];
        FloatVector.fromMemorySegment(SPECIES, arena, residual1, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 32)).intoArray(sums, 32);
        FloatVector.fromMemorySegment(SPECIES, arena, residual1 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 48)).intoArray(sums, 48);
        long residual2 = residual + pixels[pixel + 2];
        FloatVector.fromMemorySegment(SPECIES, arena, residual2, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 64)).intoArray(sums, 64);
        FloatVector.fromMemorySegment(SPECIES, arena, residual2 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 80)).intoArray(sums, 80);
        long residual3 = residual + pixels[pixel + 3];
        FloatVector.fromMemorySegment(SPECIES, arena, residual3, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 96)).intoArray(sums, 96);
        FloatVector.fromMemorySegment(SPECIES, arena, residual3 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 112)).intoArray(sums, 112);
        long residual4 = residual + pixels[pixel + 4];
        FloatVector.fromMemorySegment(SPECIES, arena, residual4, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 128)).intoArray(sums, 128);
        FloatVector.fromMemorySegment(SPECIES, arena, residual4 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 144)).intoArray(sums, 144);
        long residual5 = residual + pixels[pixel + 5];
        FloatVector.fromMemorySegment(SPECIES, arena, residual5, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 160)).intoArray(sums, 160);
        FloatVector.fromMemorySegment(SPECIES, arena, residual5 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 176)).intoArray(sums, 176);
        long residual6 = residual + pixels[pixel + 6];
        FloatVector.fromMemorySegment(SPECIES, arena, residual6, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 192)).intoArray(sums, 192);
        FloatVector.fromMemorySegment(SPECIES, arena, residual6 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 208)).intoArray(sums, 208);
        long residual7 = residual + pixels[pixel + 7];
        FloatVector.fromMemorySegment(SPECIES, arena, residual7, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 224)).intoArray(sums, 224);
        FloatVector.fromMemorySegment(SPECIES, arena, residual7 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 240)).intoArray(sums, 240);
        long residual8 = residual + pixels[pixel + 8];
        FloatVector.fromMemorySegment(SPECIES, arena, residual8, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 256)).intoArray(sums, 256);
        FloatVector.fromMemorySegment(SPECIES, arena, residual8 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 272)).intoArray(sums, 272);
        long residual9 = residual + pixels[pixel + 9];
        FloatVector.fromMemorySegment(SPECIES, arena, residual9, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 288)).intoArray(sums, 288);
        FloatVector.fromMemorySegment(SPECIES, arena, residual9 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 304)).intoArray(sums, 304);
        long residual10 = residual + pixels[pixel + 10];
        FloatVector.fromMemorySegment(SPECIES, arena, residual10, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 320)).intoArray(sums, 320);
        FloatVector.fromMemorySegment(SPECIES, arena, residual10 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 336)).intoArray(sums, 336);
        long residual11 = residual + pixels[pixel + 11];
        FloatVector.fromMemorySegment(SPECIES, arena, residual11, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 352)).intoArray(sums, 352);
        FloatVector.fromMemorySegment(SPECIES, arena, residual11 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 368)).intoArray(sums, 368);
        long residual12 = residual + pixels[pixel + 12];
        FloatVector.fromMemorySegment(SPECIES, arena, residual12, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 384)).intoArray(sums, 384);
        FloatVector.fromMemorySegment(SPECIES, arena, residual12 + 64, ORDER)
                .add(FloatVector.fromArray(SPECIES, sums, 400)).intoArray(sums, 400);
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
                int sum = firstSum + component * 416;
                for (int square = 0; square < squares; square += 13) {
                    boolean low = squares - square <= 6;
                    int row = square * 544 + component * winograd.componentFloats();
                    if (low) {
                        multiplyLowTile(rows, row, frame.constants(), weights, product.depth(), sums, sum);
                    } else {
                        multiplyTile(rows, row, frame.constants(), weights, product.depth(), sums, sum);
                    }
                    sum += 6656;
                }
            }
            for (int square = 0; square < squares; square += 13) {
                int sum = firstSum + square * 512;
                int count = Math.min(squares - square, 13);
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
            FloatVector sum1 = FloatVector.fromArray(SPECIES, sums, from + 416);
            FloatVector sum2 = FloatVector.fromArray(SPECIES, sums, from + 832);
            FloatVector sum3 = FloatVector.fromArray(SPECIES, sums, from + 1248);
            FloatVector sum4 = FloatVector.fromArray(SPECIES, sums, from + 1664);
            FloatVector sum5 = FloatVector.fromArray(SPECIES, sums, from + 2080);
            FloatVector sum6 = FloatVector.fromArray(SPECIES, sums, from + 2496);
            FloatVector sum7 = FloatVector.fromArray(SPECIES, sums, from + 2912);
            FloatVector sum8 = FloatVector.fromArray(SPECIES, sums, from + 3328);
            FloatVector sum9 = FloatVector.fromArray(SPECIES, sums, from + 3744);
            FloatVector sum10 = FloatVector.fromArray(SPECIES, sums, from + 4160);
            FloatVector sum11 = FloatVector.fromArray(SPECIES, sums, from + 4576);
            FloatVector sum12 = FloatVector.fromArray(SPECIES, sums, from + 4992);
            FloatVector sum13 = FloatVector.fromArray(SPECIES, sums, from + 5408);
            FloatVector sum14 = FloatVector.fromArray(SPECIES, sums, from + 5824);
            FloatVector sum15 = FloatVector.fromArray(SPECIES, sums, from + 6240);
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
