package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import io.xceptionc.runtime.kernel.shared.Resampling.Rounding;
import io.xceptionc.runtime.kernel.shared.Resampling.Rule;
import java.util.List;

/** Images of another size, by the formulas of ONNX's Resize; adaptive pools. */
final class ResizeCases implements KernelCases {

    @Override
    public List<SharedKernel> kernels() {
        return List.of(ResizeKernel.RESIZE_NEAREST, ResizeKernel.RESIZE_BILINEAR, WindowKernel.MAX_WINDOW,
                WindowKernel.AVG_WINDOW);
    }

    @Override
    public void run(KernelMemory memory) {
        for (Rule rule : Rule.values()) {
            for (int[] size : new int[][] {{8, 10}, {4, 5}, {1, 1}, {5, 13}, {2, 3}, {12, 6}}) {
                bilinear(memory, rule, size[0], size[1], 33);
                for (Rounding rounding : Rounding.values()) {
                    nearest(memory, rule, rounding, size[0], size[1], 17);
                }
            }
        }
        for (int channels : CHANNELS) {
            bilinear(memory, Rule.HALF_PIXEL, 7, 9, channels);
            adaptive(memory, channels, 2, 3);
        }
        adaptive(memory, 13, 1, 5);
        adaptive(memory, 13, 4, 1);
        adaptive(memory, 13, 7, 9);
    }

    private static double place(Rule rule, int index, int inputSize, int size) {
        double scale = (double) size / inputSize;
        return switch (rule) {
            case HALF_PIXEL -> (index + 0.5) / scale - 0.5;
            case ALIGN_CORNERS -> size == 1 ? 0 : index * (inputSize - 1.0) / (size - 1);
            case ASYMMETRIC -> index / scale;
        };
    }

    private static void bilinear(KernelMemory memory, Rule rule, int height, int width, int channels) {
        ImageLayout input = memory.resetWith(4, 5, channels, 1, 2);
        ImageLayout result = memory.place(height, width, channels, 1);
        double[][][] values = memory.values(input);
        Resampling rows = Resampling.linear(rule, 4, height, height / 4.0);
        Resampling columns = Resampling.linear(rule, 5, width, width / 5.0);
        memory.check("bilinear " + rule, result, height * result.blockCount(),
                (first, last) -> ResizeKernel.RESIZE_BILINEAR.rows(memory.frame, input, result, rows, columns, first,
                        last),
                1e-6, (y, x, channel) -> {
                    double sum = 0;
                    for (int row = 0; row < 4; row++) {
                        for (int column = 0; column < 5; column++) {
                            sum += tent(place(rule, y, 4, height), row, 4) * tent(place(rule, x, 5, width), column, 5)
                                    * values[row][column][channel];
                        }
                    }
                    return sum;
                });
    }

    /** The weight of a pixel for a place: one less how far away it is. */
    private static double tent(double place, int pixel, int size) {
        return Math.max(0, 1 - Math.abs(Math.clamp(place, 0.0, size - 1.0) - pixel));
    }

    private static void nearest(KernelMemory memory, Rule rule, Rounding rounding, int height, int width,
            int channels) {
        ImageLayout input = memory.resetWith(4, 5, channels, 1, 2);
        ImageLayout result = memory.place(height, width, channels, 1);
        double[][][] values = memory.values(input);
        Resampling rows = Resampling.nearest(rule, rounding, 4, height, height / 4.0);
        Resampling columns = Resampling.nearest(rule, rounding, 5, width, width / 5.0);
        memory.check("nearest " + rule + " " + rounding, result, height * result.blockCount(),
                (first, last) -> ResizeKernel.RESIZE_NEAREST.rows(memory.frame, input, result, rows, columns, first,
                        last),
                0, (y, x, channel) -> values[rounded(place(rule, y, 4, height), rounding, 4)][rounded(
                        place(rule, x, 5, width), rounding, 5)][channel]);
    }

    private static int rounded(double place, Rounding rounding, int size) {
        double below = Math.floor(place);
        double beyond = place - below;
        double nearest = switch (rounding) {
            case FLOOR -> below;
            case CEIL -> beyond > 0 ? below + 1 : below;
            case HALF_DOWN -> beyond > 0.5 ? below + 1 : below;
            case HALF_UP -> beyond >= 0.5 ? below + 1 : below;
        };
        return (int) Math.min(Math.max(nearest, 0), size - 1.0);
    }

    private static void adaptive(KernelMemory memory, int channels, int height, int width) {
        for (WindowKernel kernel : WindowKernel.values()) {
            ImageLayout input = memory.resetWith(7, 9, channels, 1, 2);
            ImageLayout result = memory.place(height, width, channels, 1);
            double[][][] values = memory.values(input);
            memory.check("adaptive", result, height * result.blockCount(),
                    (first, last) -> kernel.reduceToGrid(memory.frame, input, result, first, last), 3e-7,
                    (row, column, channel) -> {
                        double greatest = Double.NEGATIVE_INFINITY;
                        double sum = 0;
                        int count = 0;
                        for (int y = (int) Math.floor(row * 7.0 / height); y < (row + 1) * 7.0 / height; y++) {
                            for (int x = (int) Math.floor(column * 9.0 / width); x < (column + 1) * 9.0
                                    / width; x++) {
                                greatest = Math.max(greatest, values[y][x][channel]);
                                sum += values[y][x][channel];
                                count++;
                            }
                        }
                        return kernel == WindowKernel.MAX_WINDOW ? greatest : sum / count;
                    });
        }
    }
}
