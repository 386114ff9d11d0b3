package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;

/**
 * A function of each element, {@code [h, w, c] -> [h, w, c]}, as Keras and PyTorch define it; its result may replace
 * its input.
 *
 * @param kernel which
 * @param first the kernel's first number, 0 if it has none
 * @param second its second
 * @param third its third
 */
public record ActivationFunction(ActivationKernel kernel, float first, float second, float third) {

    /** A function without numbers. */
    public static ActivationFunction of(ActivationKernel kernel) {
        return new ActivationFunction(kernel, 0, 0, 0);
    }

    /** A function of one number. */
    public static ActivationFunction of(ActivationKernel kernel, float number) {
        return new ActivationFunction(kernel, number, 0, 0);
    }

    /** {@code min(max(x, floor), ceiling)}: relu, relu6, hard tanh; infinite where there is no bound. */
    public static ActivationFunction clamp(float floor, float ceiling) {
        return new ActivationFunction(ActivationKernel.CLAMP, floor, ceiling, 0);
    }

    /** {@code scale * x + shift}: with {@code 1 / n}, it makes a sum of n the mean. */
    public static ActivationFunction linear(float scale, float shift) {
        return new ActivationFunction(ActivationKernel.LINEAR, scale, shift, 0);
    }

    /**
     * {@code x < threshold ? slope * (x - threshold) : min(x, ceiling)}: Keras' {@code ReLU} with all that it takes.
     */
    public static ActivationFunction rectify(float threshold, float slope, float ceiling) {
        return new ActivationFunction(ActivationKernel.RECTIFY, threshold, slope, ceiling);
    }

    /** {@code scale * (x < 0 ? alpha * (exp(x) - 1) : x)}. */
    @SuppressWarnings("FloatingPointLiteralPrecision") // as the paper gives them
    public static ActivationFunction selu() {
        return new ActivationFunction(ActivationKernel.EXPONENTIAL_UNIT, 1.6732632f, 1.050701f, 1);
    }

    /** {@code x < 0 ? alpha * (exp(x / alpha) - 1) : x}. */
    public static ActivationFunction celu(float alpha) {
        return new ActivationFunction(ActivationKernel.EXPONENTIAL_UNIT, alpha, 1, 1 / alpha);
    }

    /** {@code min(max(slope * x + shift, 0), 1)}: Keras 2 has the slope 0.2. */
    public static ActivationFunction hardSigmoid(float slope, float shift) {
        return new ActivationFunction(ActivationKernel.SLOPED_HARD_SIGMOID, slope, shift, 0);
    }

    /** Computes the rows of blocks from first to before last, counted through all blocks. */
    public void rows(Frame frame, ImageLayout input, ImageLayout output, int firstRow, int lastRow) {
        for (int row = firstRow; row < lastRow; row++) {
            int block = row / output.height();
            int y = row % output.height();
            kernel.run(frame, input.origin(block) + y * input.rowBytes(), output.origin(block) + y * output.rowBytes(),
                    output.width(), first, second, third);
        }
    }
}
