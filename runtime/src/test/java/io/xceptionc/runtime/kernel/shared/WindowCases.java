package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Pooling;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Reductions of whole images and of windows that are cut, borders, softmax. */
final class WindowCases implements KernelCases {

    @Override
    public List<SharedKernel> kernels() {
        return List.of(WindowKernel.MAX_WINDOW, WindowKernel.AVG_WINDOW, BorderKernel.CLEAR_BORDER,
                SoftmaxKernel.SOFTMAX);
    }

    @Override
    public void run(KernelMemory memory) {
        for (WindowKernel kernel : WindowKernel.values()) {
            for (int channels : CHANNELS) {
                wholeImage(memory, kernel, 3, 5, channels);
                wholeImage(memory, kernel, 1, 1, channels);
            }
            wholeImage(memory, kernel, 17, 13, 16);
            cutWindows(memory, kernel, true);
            cutWindows(memory, kernel, false);
        }
        for (int channels : CHANNELS) {
            borders(memory, channels);
            softmax(memory, channels);
        }
    }

    private static DoubleBinaryOperator takesIn(WindowKernel kernel) {
        return kernel == WindowKernel.MAX_WINDOW ? Math::max : Double::sum;
    }

    private static double first(WindowKernel kernel) {
        return kernel == WindowKernel.MAX_WINDOW ? Double.NEGATIVE_INFINITY : 0;
    }

    private static void wholeImage(KernelMemory memory, WindowKernel kernel, int height, int width, int channels) {
        ImageLayout input = memory.resetWith(height, width, channels, 1, 2);
        ImageLayout result = memory.place(1, 1, channels, 1);
        double[][][] values = memory.values(input);
        memory.check(kernel.name(), result, result.blockCount(),
                (first, last) -> kernel.reduceBlocks(memory.frame, input, result, first, last), 3e-7,
                (row, column, channel) -> {
                    double total = first(kernel);
                    for (int y = 0; y < height; y++) {
                        for (int x = 0; x < width; x++) {
                            total = takesIn(kernel).applyAsDouble(total, values[y][x][channel]);
                        }
                    }
                    return kernel == WindowKernel.MAX_WINDOW ? total : total / (height * width);
                });
    }

    private static void cutWindows(KernelMemory memory, WindowKernel kernel, boolean countsPadding) {
        ImageLayout input = memory.resetWith(7, 5, 33, 0, 2);
        ImageLayout result = memory.place(4, 3, 33, 1);
        Pooling pooling = new Pooling(input, result, 3, 3, 2, 2, 1, 1, 1, 1, countsPadding);
        double[][][] values = memory.values(input);
        memory.check(kernel.name(), result, result.blockCount() * 4, (firstRow, lastRow) -> {
            for (int row = firstRow; row < lastRow; row++) {
                kernel.poolPixels(memory.frame, pooling, row / 4, row % 4, 0, 3);
            }
        }, 3e-7, (row, column, channel) -> {
            double total = first(kernel);
            int count = 0;
            for (int y = Math.max(0, 2 * row - 1); y < Math.min(7, 2 * row + 2); y++) {
                for (int x = Math.max(0, 2 * column - 1); x < Math.min(5, 2 * column + 2); x++) {
                    total = takesIn(kernel).applyAsDouble(total, values[y][x][channel]);
                    count++;
                }
            }
            return kernel == WindowKernel.MAX_WINDOW ? total : total / (countsPadding ? 9 : count);
        });
    }

    private static void borders(KernelMemory memory, int channels) {
        memory.reset();
        ImageLayout layout = memory.place(3, 4, channels, 2);
        ImageLayout whole = new ImageLayout(layout.byteOffset(), 7, 8, channels, 32, 0, 0, 0, 0, 1);
        memory.check("border", whole, layout.blockCount(),
                (first, last) -> BorderKernel.CLEAR_BORDER.clearBlocks(memory.frame, layout, first, last), 0,
                (y, x, channel) -> y >= 2 && y < 5 && x >= 2 && x < 6 ? Double.NaN : 0);
    }

    private static void softmax(KernelMemory memory, int channels) {
        ImageLayout input = memory.resetWith(2, 3, channels, 1, 9);
        ImageLayout result = memory.place(2, 3, channels, 2);
        double[][][] values = memory.values(input);
        memory.check("softmax", result, 6,
                (first, last) -> SoftmaxKernel.SOFTMAX.normalise(memory.frame, input, result, first, last), 3e-7,
                (y, x, channel) -> {
                    double sum = 0;
                    for (double value : values[y][x]) {
                        sum += Math.exp(value - values[y][x][channel]);
                    }
                    return 1 / sum;
                });
    }
}
