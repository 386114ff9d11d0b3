package io.xceptionc.compiler.foreign;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.BatchNorm;
import java.util.Arrays;
import java.util.Optional;

/** Factors and summands of channels, {@code y[c] = scale[c] * x[c] + shift[c]}, as batch norms of mean 0 and variance 1. */
public final class AffineNorms {

    /** The least that a spec can say: with the variance 1, it changes no float. */
    private static final double LEAST_EPSILON = 1e-12;

    private AffineNorms() {}

    /** One of so many channels. */
    public static BatchNorm of(Optional<Tensor> scale, Optional<Tensor> shift, int channels, WeightBudget budget)
            throws CannotImportException {
        budget.take(2L * channels);
        return new BatchNorm(scale, shift, repeated("zeros", 0, channels), repeated("ones", 1, channels),
                LEAST_EPSILON);
    }

    /** Equal numbers; each a tensor of its own, as no layers share it. */
    private static Tensor repeated(String name, float number, int count) {
        float[] numbers = new float[count];
        Arrays.fill(numbers, number);
        return Tensor.vector(name, numbers);
    }

    /** Whether a batch norm is no layer that was learned, but stands for factors and summands. */
    public static boolean isAffine(BatchNorm norm) {
        return norm.epsilon() == LEAST_EPSILON && isAll(norm.mean(), 0) && isAll(norm.variance(), 1);
    }

    private static boolean isAll(Tensor tensor, float number) {
        for (float value : tensor.values()) {
            if (value != number) {
                return false;
            }
        }
        return true;
    }
}
