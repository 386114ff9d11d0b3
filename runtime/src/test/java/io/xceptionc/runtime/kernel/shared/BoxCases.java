package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Elements that move: crops, concatenations, phases of other sizes, channels in another order, paddings. */
final class BoxCases implements KernelCases {

    @Override
    public List<SharedKernel> kernels() {
        return List.of(BoxKernel.COPY_BOX, PermutationKernel.PERMUTE_CHANNELS, PadKernel.PAD_CONSTANT,
                PadKernel.PAD_REFLECT, PadKernel.PAD_SYMMETRIC, PadKernel.PAD_EDGE);
    }

    @Override
    public void run(KernelMemory memory) {
        for (int first : List.of(0, 1, 5, 31, 32, 40)) {
            for (int channels : CHANNELS) {
                crop(memory, first, channels);
                concatenate(memory, first, channels);
            }
        }
        for (int channels : List.of(1, 2, 5, 16, 33)) {
            depthToSpace(memory, channels, 2);
            depthToSpace(memory, channels, 3);
            spaceToDepth(memory, channels, 2);
            pixelShuffle(memory, channels, 2);
            shuffle(memory, channels, 3);
            repeat(memory, channels, 2);
        }
        shuffle(memory, 58, 2);
        for (PadKernel kernel : PadKernel.values()) {
            pad(memory, kernel, 33, 2, 1, 3, 2);
            pad(memory, kernel, 1, 0, 3, 0, 1);
            pad(memory, kernel, 64, 3, 0, 1, 0);
        }
    }

    private static void crop(KernelMemory memory, int first, int channels) {
        ImageLayout input = memory.resetWith(5, 6, first + channels, 1, 2);
        ImageLayout result = memory.place(3, 4, channels, 1);
        double[][][] values = memory.values(input);
        Grid source = new Grid(input, 2, 1, first);
        Grid target = new Grid(result);
        memory.check("crop", result, 3, (firstRow, lastRow) -> BoxKernel.COPY_BOX.rows(memory.frame, source, target, 4,
                channels, firstRow, lastRow), 0, (y, x, channel) -> values[y + 2][x + 1][channel + first]);
    }

    private static void concatenate(KernelMemory memory, int first, int channels) {
        ImageLayout input = memory.resetWith(3, 4, channels, 0, 2);
        ImageLayout result = memory.value(3, 4, first + channels + 3, 1, 2);
        double[][][] values = memory.values(input);
        double[][][] before = memory.values(result);
        Grid source = new Grid(input);
        Grid target = new Grid(result, 0, 0, first);
        memory.check("concatenate", result, 3,
                (firstRow, lastRow) -> BoxKernel.COPY_BOX.rows(memory.frame, source, target, 4, channels, firstRow,
                        lastRow),
                0, (y, x, channel) -> channel < first || channel >= first + channels
                        ? before[y][x][channel]
                        : values[y][x][channel - first]);
    }

    private static void depthToSpace(KernelMemory memory, int channels, int size) {
        ImageLayout input = memory.resetWith(3, 2, channels * size * size, 1, 2);
        ImageLayout result = memory.place(3 * size, 2 * size, channels, 1);
        double[][][] values = memory.values(input);
        Grid[] sources = new Grid[size * size];
        Grid[] targets = new Grid[size * size];
        for (int phase = 0; phase < size * size; phase++) {
            sources[phase] = new Grid(input, 0, 0, phase * channels);
            targets[phase] = new Grid(result, phase / size, size, phase % size, size, 0);
        }
        memory.check("depth to space", result, 3, (firstRow, lastRow) -> {
            for (int phase = 0; phase < size * size; phase++) {
                BoxKernel.COPY_BOX.rows(memory.frame, sources[phase], targets[phase], 2, channels, firstRow, lastRow);
            }
        }, 0, (y, x, channel) -> values[y / size][x / size][(y % size * size + x % size) * channels + channel]);
    }

    private static void spaceToDepth(KernelMemory memory, int channels, int size) {
        ImageLayout input = memory.resetWith(3 * size, 2 * size, channels, 1, 2);
        ImageLayout result = memory.place(3, 2, channels * size * size, 1);
        double[][][] values = memory.values(input);
        Grid[] sources = new Grid[size * size];
        Grid[] targets = new Grid[size * size];
        for (int phase = 0; phase < size * size; phase++) {
            sources[phase] = new Grid(input, phase / size, size, phase % size, size, 0);
            targets[phase] = new Grid(result, 0, 0, phase * channels);
        }
        memory.check("space to depth", result, 3, (firstRow, lastRow) -> {
            for (int phase = 0; phase < size * size; phase++) {
                BoxKernel.COPY_BOX.rows(memory.frame, sources[phase], targets[phase], 2, channels, firstRow, lastRow);
            }
        }, 0, (y, x, channel) -> {
            int phase = channel / channels;
            return values[y * size + phase / size][x * size + phase % size][channel % channels];
        });
    }

    private static void pixelShuffle(KernelMemory memory, int channels, int size) {
        ImageLayout input = memory.resetWith(3, 2, channels * size * size, 1, 2);
        ImageLayout result = memory.place(3 * size, 2 * size, channels, 1);
        double[][][] values = memory.values(input);
        ChannelOrder[] orders = new ChannelOrder[size * size];
        Grid[] targets = new Grid[size * size];
        for (int phase = 0; phase < orders.length; phase++) {
            orders[phase] = ChannelOrder.every(channels, phase, size * size);
            targets[phase] = new Grid(result, phase / size, size, phase % size, size, 0);
        }
        Grid source = new Grid(input);
        memory.check("pixel shuffle", result, 3, (firstRow, lastRow) -> {
            for (int phase = 0; phase < size * size; phase++) {
                PermutationKernel.PERMUTE_CHANNELS.rows(memory.frame, source, targets[phase], 2, orders[phase],
                        firstRow, lastRow, 0);
            }
        }, 0, (y, x, channel) -> values[y / size][x / size][channel * size * size + y % size * size + x % size]);
    }

    private static void shuffle(KernelMemory memory, int channelsOfGroup, int groups) {
        int channels = channelsOfGroup * groups;
        permute(memory, channels, channels, ChannelOrder.shuffle(channels, groups),
                channel -> channel % groups * channelsOfGroup + channel / groups);
    }

    private static void repeat(KernelMemory memory, int channels, int count) {
        permute(memory, channels, channels * count, ChannelOrder.repeat(channels, count), channel -> channel / count);
    }

    private static void permute(KernelMemory memory, int channels, int resultChannels, ChannelOrder order,
            IntUnaryOperator expected) {
        ImageLayout input = memory.resetWith(3, 4, channels, 1, 2);
        ImageLayout result = memory.place(3, 4, resultChannels, 1);
        double[][][] values = memory.values(input);
        Grid source = new Grid(input);
        Grid target = new Grid(result);
        memory.check("order of channels", result, 3, (firstRow, lastRow) -> PermutationKernel.PERMUTE_CHANNELS
                .rows(memory.frame, source, target, 4, order, firstRow, lastRow, 0), 0,
                (y, x, channel) -> values[y][x][expected.applyAsInt(channel)]);
    }

    private static void pad(KernelMemory memory, PadKernel kernel, int channels, int top, int left, int bottom,
            int right) {
        ImageLayout input = memory.resetWith(4, 5, channels, 1, 2);
        ImageLayout result = memory.place(top + 4 + bottom, left + 5 + right, channels, 1);
        double[][][] values = memory.values(input);
        memory.check(kernel.name(), result, result.blockCount() * result.height(),
                (first, last) -> kernel.rows(memory.frame, input, result, top, left, -7, first, last), 0,
                (y, x, channel) -> {
                    int row = mirrored(kernel, y - top, 4);
                    int column = mirrored(kernel, x - left, 5);
                    return row < 0 || column < 0 ? -7 : values[row][column][channel];
                });
    }

    /** Looks the place up in the image written out with its mirror images. */
    private static int mirrored(PadKernel kernel, int index, int size) {
        int[] places = new int[3 * size];
        for (int i = 0; i < size; i++) {
            places[size + i] = i;
            places[size - 1 - i] = switch (kernel) {
                case PAD_CONSTANT -> -1;
                case PAD_REFLECT -> Math.min(i + 1, size - 1);
                case PAD_SYMMETRIC -> i;
                case PAD_EDGE -> 0;
            };
            places[2 * size + i] = switch (kernel) {
                case PAD_CONSTANT -> -1;
                case PAD_REFLECT -> Math.max(size - 2 - i, 0);
                case PAD_SYMMETRIC -> size - 1 - i;
                case PAD_EDGE -> size - 1;
            };
        }
        return places[size + index];
    }
}
