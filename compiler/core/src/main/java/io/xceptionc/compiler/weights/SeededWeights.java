package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Tensor;
import java.util.List;

/**
 * Well-scaled weights drawn from a seed, the same on every machine ({@link SeededValues}).
 *
 * <p> A tensor is drawn under its name in a weights file, in the canonical layout of its role. Kernels lie within
 * {@code sqrt(3 / fanIn)} of zero, which keeps the variance of what flows through them; biases, betas and moving means
 * within 0.1 of zero; gammas and moving variances between 0.5 and 1.5, slopes between 0 and 0.5.
 */
public final class SeededWeights implements Weights {

    private final long seed;
    private final TensorCatalog catalog;

    /** Tensors are named by a convention, since their names decide their values. */
    public SeededWeights(long seed, NamingConvention convention, Diagnostics diagnostics) {
        this.seed = seed;
        this.catalog = new TensorCatalog(convention, diagnostics, Runtime.getRuntime().maxMemory());
    }

    @Override
    public Tensor tensor(String layer, TensorRole role, List<Integer> shape, SourceSpan span) {
        return catalog.tensor(layer, role, shape, span, name -> drawn(name, role, shape));
    }

    private Tensor drawn(String name, TensorRole role, List<Integer> shape) {
        return switch (role) {
            // With a stride, fewer taps of a transposed kernel meet in a pixel, and values become smaller.
            case CONVOLUTION_KERNEL, TRANSPOSED_KERNEL, SEPARABLE_POINTWISE_KERNEL ->
                    kernel(name, shape, (double) shape.get(0) * shape.get(1) * shape.get(2));
            case DEPTHWISE_KERNEL, SEPARABLE_DEPTHWISE_KERNEL ->
                    kernel(name, shape, (double) shape.get(0) * shape.get(1));
            case DENSE_KERNEL -> kernel(name, shape, shape.get(0));
            case SEPARABLE_BIAS, BIAS, BETA, MOVING_MEAN -> between(name, shape, -0.1, 0.1);
            case SLOPE -> between(name, shape, 0, 0.5);
            case GAMMA, MOVING_VARIANCE -> between(name, shape, 0.5, 1.5);
        };
    }

    private Tensor kernel(String name, List<Integer> shape, double fanIn) {
        double bound = Math.sqrt(3 / fanIn);
        return between(name, shape, -bound, bound);
    }

    private Tensor between(String name, List<Integer> shape, double low, double high) {
        int count = shape.stream().reduce(1, Math::multiplyExact);
        return Tensor.lazy(name, shape, () -> SeededValues.of(seed, name, count, low, high));
    }
}
