package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The kinds of {@link ActivationFunction}, each with a loop of its own; its numbers are those of the function, in
 * order.
 */
public enum ActivationKernel implements SharedKernel {

    /** {@code min(max(x, floor), ceiling)}. */
    CLAMP,
    /** {@code scale * x + shift}. */
    LINEAR,
    /** {@code x < 0 ? slope * x : x}. */
    LEAKY_RELU,
    /** {@code x < threshold ? slope * (x - threshold) : min(x, ceiling)}. */
    RECTIFY,
    /** {@code x < 0 ? alpha * (exp(x) - 1) : x}. */
    ELU,
    /** {@code scale * (x < 0 ? alpha * (exp(steepness * x) - 1) : x)}. */
    EXPONENTIAL_UNIT,
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID,
    /** {@code -log(1 + exp(-x))}. */
    LOG_SIGMOID,
    /** {@code x * sigmoid(x)}. */
    SWISH,
    /** {@code min(max(x / 6 + 1/2, 0), 1)}. */
    HARD_SIGMOID,
    /** {@code min(max(slope * x + shift, 0), 1)}. */
    SLOPED_HARD_SIGMOID,
    /** {@code x * min(max(x / 6 + 1/2, 0), 1)}. */
    HARD_SWISH,
    /** Hyperbolic tangent. */
    TANH,
    /** {@code x / 2 * (1 + erf(x / sqrt(2)))}. */
    GELU,
    /** {@code x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))}. */
    GELU_TANH,
    /** {@code log(1 + exp(x))}. */
    SOFTPLUS,
    /** {@code log(1 + exp(steepness * x)) / steepness}. */
    SCALED_SOFTPLUS,
    /** {@code x / (1 + |x|)}. */
    SOFTSIGN,
    /** {@code x * tanh(log(1 + exp(x)))}. */
    MISH,
    /** {@code exp(x)}. */
    EXPONENTIAL;

    @Override
    public Class<?> loopsClass() {
        return ActivationLoops.class;
    }

    @Override
    public List<String> loops() {
        return List.of(label());
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        run(frame, 0, 0, count, 0, 0, 0);
    }

    /** Computes pixels of a block. */
    void run(Frame frame, long from, long to, int count, float first, float second, float third) {
        MemorySegment arena = frame.arena();
        switch (this) {
            case CLAMP -> ActivationLoops.clamp(arena, from, to, count, first, second);
            case LINEAR -> ActivationLoops.linear(arena, from, to, count, first, second);
            case LEAKY_RELU -> ActivationLoops.leakyRelu(arena, from, to, count, first);
            case RECTIFY -> ActivationLoops.rectify(arena, from, to, count, first, second, third);
            case ELU -> ActivationLoops.elu(arena, from, to, count, first);
            case EXPONENTIAL_UNIT -> ActivationLoops.exponentialUnit(arena, from, to, count, first, second, third);
            case SIGMOID -> ActivationLoops.sigmoid(arena, from, to, count);
            case LOG_SIGMOID -> ActivationLoops.logSigmoid(arena, from, to, count);
            case SWISH -> ActivationLoops.swish(arena, from, to, count);
            case HARD_SIGMOID -> ActivationLoops.hardSigmoid(arena, from, to, count);
            case SLOPED_HARD_SIGMOID -> ActivationLoops.slopedHardSigmoid(arena, from, to, count, first, second);
            case HARD_SWISH -> ActivationLoops.hardSwish(arena, from, to, count);
            case TANH -> ActivationLoops.tanh(arena, from, to, count);
            case GELU -> ActivationLoops.gelu(arena, from, to, count);
            case GELU_TANH -> ActivationLoops.geluTanh(arena, from, to, count);
            case SOFTPLUS -> ActivationLoops.softplus(arena, from, to, count);
            case SCALED_SOFTPLUS -> ActivationLoops.scaledSoftplus(arena, from, to, count, first);
            case SOFTSIGN -> ActivationLoops.softsign(arena, from, to, count);
            case MISH -> ActivationLoops.mish(arena, from, to, count);
            case EXPONENTIAL -> ActivationLoops.exponential(arena, from, to, count);
        }
    }
}
