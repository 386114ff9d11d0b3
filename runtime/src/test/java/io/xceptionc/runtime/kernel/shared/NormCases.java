package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What takes several channels together. */
final class NormCases implements KernelCases {

    private static final float EPSILON = 1e-3f;

    @Override
    public List<SharedKernel> kernels() {
        return Stream.of(ChannelKernel.values(), PixelNormKernel.values(), GroupNormKernel.values(),
                ResponseNormKernel.values()).<SharedKernel>flatMap(Stream::of).toList();
    }

    @Override
    public void run(KernelMemory memory) {
        for (int channels : CHANNELS) {
            reduceChannels(memory, 3, 5, channels);
            layerNorm(memory, 3, 5, channels);
            rmsNorm(memory, 3, 5, channels);
            l2Norm(memory, 3, 5, channels);
            logSoftmax(memory, 3, 5, channels);
            groupNorm(memory, 3, 5, channels, channels);
            groupNorm(memory, 3, 5, channels, 1);
            responseNorm(memory, channels, 5);
        }
        reduceChannels(memory, 1, 70, 13);
        reduceChannels(memory, 1, 1, 70);
        layerNorm(memory, 2, 70, 33);
        groupNorm(memory, 2, 70, 96, 2);
        groupNorm(memory, 3, 3, 64, 32);
        groupNorm(memory, 3, 3, 200, 2);
        responseNorm(memory, 33, 4);
        responseNorm(memory, 13, 1);
        equalChannels(memory);
    }

    private static void reduceChannels(KernelMemory memory, int height, int width, int channels) {
        for (ChannelKernel kernel : ChannelKernel.values()) {
            ImageLayout input = memory.resetWith(height, width, channels, 1, 2);
            ImageLayout result = memory.place(height, width, 1, 1);
            double[][][] values = memory.values(input);
            memory.check(kernel.name(), result, height,
                    (first, last) -> kernel.rows(memory.frame, input, result, first, last, 0), 3e-7,
                    (y, x, channel) -> reduced(kernel, values[y][x]));
        }
    }

    private static double reduced(ChannelKernel kernel, double[] numbers) {
        double greatest = Arrays.stream(numbers).max().orElseThrow();
        return switch (kernel) {
            case AVG_CHANNELS -> Arrays.stream(numbers).average().orElseThrow();
            case MAX_CHANNELS -> greatest;
            case ARGMAX_CHANNELS -> IntStream.range(0, numbers.length).filter(i -> numbers[i] == greatest).findFirst()
                    .orElseThrow();
        };
    }

    private static void equalChannels(KernelMemory memory) {
        ImageLayout input = memory.resetWith(1, 1, 207, 0, 1);
        memory.put(input, 0, 0, 77, 3);
        memory.put(input, 0, 0, 40, 3);
        memory.put(input, 0, 0, 206, 3);
        memory.put(input, 0, 0, 3, Float.NaN);
        ImageLayout result = memory.place(1, 1, 1, 0);
        memory.check("equal channels", result, 1, (first, last) -> ChannelKernel.ARGMAX_CHANNELS.rows(memory.frame,
                input, result, first, last, 0), 0, (y, x, channel) -> 40);
    }

    private static void layerNorm(KernelMemory memory, int height, int width, int channels) {
        ImageLayout input = memory.resetWith(height, width, channels, 1, 2);
        float[] scales = memory.numbers(channels);
        float[] shifts = memory.numbers(channels);
        long scale = memory.constants(scales);
        long shift = memory.constants(shifts);
        double[][][] values = memory.values(input);
        memory.check("layer norm", input, height, (first, last) -> PixelNormKernel.LAYER_NORM.rows(memory.frame, input,
                input, EPSILON, scale, shift, first, last, 0), 2e-6, (y, x, channel) -> {
                    double mean = Arrays.stream(values[y][x]).average().orElseThrow();
                    double variance = Arrays.stream(values[y][x]).map(v -> (v - mean) * (v - mean)).average()
                            .orElseThrow();
                    return (values[y][x][channel] - mean) / Math.sqrt(variance + EPSILON) * scales[channel]
                            + shifts[channel];
                });
    }

    private static void rmsNorm(KernelMemory memory, int height, int width, int channels) {
        ImageLayout input = memory.resetWith(height, width, channels, 1, 2);
        float[] scales = memory.numbers(channels);
        float[] shifts = memory.numbers(channels);
        long scale = memory.constants(scales);
        long shift = memory.constants(shifts);
        double[][][] values = memory.values(input);
        memory.check("rms norm", input, height, (first, last) -> PixelNormKernel.RMS_NORM.rows(memory.frame, input,
                input, EPSILON, scale, shift, first, last, 0), 2e-6, (y, x, channel) -> {
                    double square = Arrays.stream(values[y][x]).map(v -> v * v).average().orElseThrow();
                    return values[y][x][channel] / Math.sqrt(square + EPSILON) * scales[channel] + shifts[channel];
                });
    }

    private static void l2Norm(KernelMemory memory, int height, int width, int channels) {
        ImageLayout input = memory.resetWith(height, width, channels, 1, 2);
        ImageLayout result = memory.place(height, width, channels, 0);
        double[][][] values = memory.values(input);
        memory.check("l2 norm", result, height, (first, last) -> PixelNormKernel.L2_NORM.rows(memory.frame, input,
                result, EPSILON, 0, 0, first, last, 0), 1e-6, (y, x, channel) -> {
                    double squares = Arrays.stream(values[y][x]).map(v -> v * v).sum();
                    return values[y][x][channel] / Math.sqrt(Math.max(squares, EPSILON));
                });
    }

    private static void logSoftmax(KernelMemory memory, int height, int width, int channels) {
        ImageLayout input = memory.resetWith(height, width, channels, 1, 9);
        ImageLayout result = memory.place(height, width, channels, 0);
        double[][][] values = memory.values(input);
        memory.check("log softmax", result, height, (first, last) -> PixelNormKernel.LOG_SOFTMAX.rows(memory.frame,
                input, result, 0, 0, 0, first, last, 0), 1e-6,
                (y, x, channel) -> values[y][x][channel]
                        - Math.log(Arrays.stream(values[y][x]).map(Math::exp).sum()));
    }

    private static void groupNorm(KernelMemory memory, int height, int width, int channels, int groups) {
        ImageLayout input = memory.resetWith(height, width, channels, 1, 2);
        ImageLayout result = memory.place(height, width, channels, 1);
        float[] scales = memory.numbers(channels);
        float[] shifts = memory.numbers(channels);
        long scale = memory.constants(scales);
        long shift = memory.constants(shifts);
        double[][][] values = memory.values(input);
        int units = Math.ceilDiv(result.blockCount(), GroupNormKernel.blocksOfUnit(channels, groups));
        memory.check("group norm", result, units, (first, last) -> GroupNormKernel.GROUP_NORM.units(
                memory.frame, input, result, groups, EPSILON, scale, shift, first, last, 0), 3e-6,
                (y, x, channel) -> {
                    int ofGroup = channels / groups;
                    double[] group = Arrays.stream(values).flatMap(Arrays::stream).flatMapToDouble(pixel -> Arrays
                            .stream(pixel, channel / ofGroup * ofGroup, (channel / ofGroup + 1) * ofGroup)).toArray();
                    double mean = Arrays.stream(group).average().orElseThrow();
                    double variance = Arrays.stream(group).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
                    return (values[y][x][channel] - mean) / Math.sqrt(variance + EPSILON) * scales[channel]
                            + shifts[channel];
                });
    }

    private static void responseNorm(KernelMemory memory, int channels, int size) {
        ImageLayout input = memory.resetWith(3, 2, channels, 1, 3);
        double[][][] values = memory.values(input);
        memory.check("response norm", input, 3, (first, last) -> ResponseNormKernel.LOCAL_RESPONSE_NORM.rows(
                memory.frame, input, input, size, 0.2f, 0.75f, 1.5f, first, last, 0), 1e-6, (y, x, channel) -> {
                    double squares = 0;
                    for (int c = channel - (size - 1) / 2; c <= channel + size / 2; c++) {
                        squares += c < 0 || c >= channels ? 0 : values[y][x][c] * values[y][x][c];
                    }
                    return values[y][x][channel] / Math.pow(1.5 + 0.2f * squares, 0.75);
                });
    }
}
