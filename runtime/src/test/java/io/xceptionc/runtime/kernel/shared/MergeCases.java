package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Two values, the second of any shape that fits. */
final class MergeCases implements KernelCases {

    private static DoubleBinaryOperator formula(MergeKernel kernel) {
        return switch (kernel) {
            case ADD -> Double::sum;
            case SUBTRACT -> (a, b) -> a - b;
            case SUBTRACT_FROM -> (a, b) -> b - a;
            case MULTIPLY -> (a, b) -> a * b;
            case MAXIMUM -> Math::max;
            case MINIMUM -> Math::min;
            case DIVIDE -> (a, b) -> a / b;
            default -> throw new AssertionError(kernel);
        };
    }

    /** The shapes of a second value: the same, by channel, by pixel, by row, by column, one number. */
    private enum Second {
        SAME, CHANNELS, PIXELS, ROWS, COLUMNS, NUMBER
    }

    @Override
    public List<SharedKernel> kernels() {
        return List.of(MergeKernel.values());
    }

    @Override
    public void run(KernelMemory memory) {
        for (MergeKernel kernel : List.of(MergeKernel.ADD, MergeKernel.SUBTRACT, MergeKernel.SUBTRACT_FROM,
                MergeKernel.MULTIPLY, MergeKernel.MAXIMUM, MergeKernel.MINIMUM, MergeKernel.DIVIDE)) {
            for (Second second : Second.values()) {
                merge(memory, kernel, 3, 5, 33, second, 0);
                merge(memory, kernel, 1, 13, 1, second, 1);
                merge(memory, kernel, 2, 4, 17, second, 1);
                merge(memory, kernel, 5, 2, 64, second, 0);
            }
        }
        for (int channels : CHANNELS) {
            for (Second second : Second.values()) {
                merge(memory, MergeKernel.SUBTRACT, 4, 3, channels, second, 1);
                merge(memory, MergeKernel.MULTIPLY, 1, 1, channels, second, 0);
            }
        }
    }

    private static void merge(KernelMemory memory, MergeKernel kernel, int height, int width, int channels,
            Second second, int border) {
        memory.reset();
        ImageLayout a = memory.value(height, width, channels, border, 2);
        boolean one = second == Second.CHANNELS || second == Second.NUMBER;
        ImageLayout b = memory.value(one || second == Second.COLUMNS ? 1 : height,
                one || second == Second.ROWS ? 1 : width,
                second == Second.SAME || second == Second.CHANNELS ? channels : 1, 1, 2);
        ImageLayout result = border == 1 ? a : memory.place(height, width, channels, 2);
        MergeKernel chosen = kernel.with(result, b);
        DoubleBinaryOperator formula = formula(kernel);
        double[][][] left = memory.values(a);
        double[][][] right = memory.values(b);
        memory.check(chosen.name(), result, height * result.blockCount(),
                (first, last) -> chosen.rows(memory.frame, a, b, result, first, last), 1e-6,
                (y, x, channel) -> formula.applyAsDouble(left[y][x][channel],
                        right[y % b.height()][x % b.width()][channel % b.channels()]));
    }
}
