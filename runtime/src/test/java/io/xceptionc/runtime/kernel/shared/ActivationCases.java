package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/** Functions of an element, over all that they tell apart. */
final class ActivationCases implements KernelCases {

    private static final float INFINITY = Float.POSITIVE_INFINITY;

    @Override
    public List<SharedKernel> kernels() {
        return Stream.<SharedKernel>concat(Stream.of(ActivationKernel.values()), Stream.of(AffineKernel.values()))
                .toList();
    }

    @Override
    public void run(KernelMemory memory) {
        check(memory, ActivationFunction.clamp(0, 6), x -> Math.clamp(x, 0.0, 6.0));
        check(memory, ActivationFunction.clamp(-INFINITY, INFINITY), x -> x);
        check(memory, ActivationFunction.clamp(-0.5f, 0.25f), x -> Math.clamp(x, -0.5, 0.25));
        check(memory, ActivationFunction.linear(-1, 1), x -> 1 - x);
        check(memory, ActivationFunction.of(ActivationKernel.LEAKY_RELU, 0.25f), x -> x < 0 ? 0.25 * x : x);
        check(memory, ActivationFunction.rectify(0.5f, 0.25f, 6),
                x -> x >= 6 ? 6 : x >= 0.5 ? x : 0.25 * (x - 0.5));
        check(memory, ActivationFunction.of(ActivationKernel.ELU, 1.5f), x -> x < 0 ? 1.5 * Math.expm1(x) : x);
        check(memory, ActivationFunction.selu(),
                x -> 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * Math.expm1(x) : x));
        check(memory, ActivationFunction.celu(2), x -> x < 0 ? 2 * Math.expm1(x / 2) : x);
        check(memory, ActivationFunction.of(ActivationKernel.SIGMOID), ActivationCases::sigmoid);
        check(memory, ActivationFunction.of(ActivationKernel.LOG_SIGMOID), x -> -softplus(-x));
        check(memory, ActivationFunction.of(ActivationKernel.SWISH), x -> x * sigmoid(x));
        check(memory, ActivationFunction.of(ActivationKernel.HARD_SIGMOID), x -> Math.clamp(x / 6 + 0.5, 0.0, 1.0));
        check(memory, ActivationFunction.hardSigmoid(0.2f, 0.5f), x -> Math.clamp(0.2f * x + 0.5, 0.0, 1.0));
        check(memory, ActivationFunction.of(ActivationKernel.HARD_SWISH), x -> x * Math.clamp(x / 6 + 0.5, 0.0, 1.0));
        check(memory, ActivationFunction.of(ActivationKernel.TANH), Math::tanh);
        check(memory, ActivationFunction.of(ActivationKernel.GELU), x -> x / 2 * (1 + errorFunction(x / Math.sqrt(2))));
        check(memory, ActivationFunction.of(ActivationKernel.GELU_TANH),
                x -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));
        check(memory, ActivationFunction.of(ActivationKernel.SOFTPLUS), ActivationCases::softplus);
        check(memory, ActivationFunction.of(ActivationKernel.SCALED_SOFTPLUS, 3), x -> softplus(3 * x) / 3);
        check(memory, ActivationFunction.of(ActivationKernel.SOFTSIGN), x -> x / (1 + Math.abs(x)));
        check(memory, ActivationFunction.of(ActivationKernel.MISH), x -> x * Math.tanh(softplus(x)));
        check(memory, ActivationFunction.of(ActivationKernel.EXPONENTIAL), Math::exp);
        prelu(memory);
        affine(memory);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /**
     * By a series of terms of one sign, which lose no digits.
     *
     * @see <a href="https://dlmf.nist.gov/7.6">DLMF, 7.6.2</a>
     */
    private static double errorFunction(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x * Math.exp(-x * x);
        double sum = term;
        for (int n = 1; n < 200; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    private static void check(KernelMemory memory, ActivationFunction function, DoubleUnaryOperator formula) {
        for (int channels : CHANNELS) {
            check(memory, function, formula, memory.resetWith(3, 5, channels, 1, 4), true);
        }
        check(memory, function, formula, memory.resetWith(1, 16, 13, 0, 120), false);
        check(memory, function, formula, memory.resetWith(1, 17, 1, 0, 0.001f), false);
        ImageLayout special = memory.resetWith(1, 4, 1, 0, 1);
        memory.put(special, 0, 0, 0, Float.NaN);
        memory.put(special, 0, 1, 0, 1e30f);
        memory.put(special, 0, 2, 0, -1e30f);
        memory.put(special, 0, 3, 0, 0);
        check(memory, function, formula, special, false);
    }

    private static void check(KernelMemory memory, ActivationFunction function, DoubleUnaryOperator formula,
            ImageLayout input, boolean inPlace) {
        ImageLayout result = inPlace ? input : memory.place(input.height(), input.width(), input.channels(), 1);
        double[][][] values = memory.values(input);
        memory.check(function.toString(), result, result.height() * result.blockCount(),
                (first, last) -> function.rows(memory.frame, input, result, first, last), 6e-7,
                (y, x, channel) -> formula.applyAsDouble(values[y][x][channel]));
    }

    private static void prelu(KernelMemory memory) {
        for (int channels : CHANNELS) {
            ImageLayout input = memory.resetWith(3, 5, channels, 1, 2);
            float[] slopes = memory.numbers(channels);
            long at = memory.constants(slopes);
            double[][][] values = memory.values(input);
            memory.check("prelu", input, 3 * input.blockCount(),
                    (first, last) -> AffineKernel.PRELU.rows(memory.frame, input, at, 0, input, first, last), 1e-7,
                    (y, x, channel) -> values[y][x][channel] * (values[y][x][channel] < 0 ? slopes[channel] : 1));
        }
    }

    private static void affine(KernelMemory memory) {
        for (int channels : CHANNELS) {
            ImageLayout input = memory.resetWith(3, 5, channels, 1, 2);
            ImageLayout result = memory.place(3, 5, channels, 0);
            float[] scales = memory.numbers(channels);
            float[] shifts = memory.numbers(channels);
            long scale = memory.constants(scales);
            long shift = memory.constants(shifts);
            double[][][] values = memory.values(input);
            memory.check("affine", result, 3 * input.blockCount(),
                    (first, last) -> AffineKernel.AFFINE.rows(memory.frame, input, scale, shift, result, first, last),
                    1e-6, (y, x, channel) -> values[y][x][channel] * scales[channel] + shifts[channel]);
        }
    }
}
