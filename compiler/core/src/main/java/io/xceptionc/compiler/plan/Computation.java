package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.KernelOp;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.StandaloneOp;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;
import java.util.Optional;

/**
 * The algorithm by which a node is computed, with the numbers that are the same for all widths of vectors. {@link
 * Schedule} chooses it, once; borders, memory, matrix rows and emitted code follow it.
 */
public sealed interface Computation permits MatrixProduct, Computation.PooledProduct, Computation.Depthwise,
        Computation.MatrixVector, Computation.Plain {

    /** What is computed, of several nodes the first. */
    KernelOp op();

    /** The algorithm in the field's words, for people. */
    String algorithm();

    /** The multiplications that it takes, of inputs with weights: what candidates are compared by. */
    long multiplications();

    /** The matrix product that it consists of, or begins with. */
    default Optional<MatrixProduct> matrixProduct() {
        return Optional.empty();
    }

    /** The border of zeros that its first input needs, so that nothing that it reads lies outside. */
    default Padding border(TensorType input, TensorType output) {
        return Padding.NONE;
    }

    /**
     * How many channels of a pixel of its result stand together: a block, or all where that is better for all that read
     * them.
     *
     * @param readers the computations that read it
     */
    default int blockChannels(TensorType output, List<Computation> readers) {
        return ImageLayout.CHANNELS;
    }

    /** Whether it can read its input in pixels of few channels instead of whole blocks. */
    default boolean readsPixels() {
        return false;
    }

    /**
     * A depthwise convolution to an image, channels as the axis of vectors.
     *
     * @param chunkPixels how many pixels are computed before a function is applied to them, while they are in the cache
     */
    record Depthwise(DepthwiseConv2d op, long multiplications, int chunkPixels) implements Computation {

        private static final int CHUNK_BYTES = 128 << 10;
        private static final int FEWEST_PIXELS = 16;

        static Depthwise of(DepthwiseConv2d op, TensorType output) {
            int pixels = CHUNK_BYTES / Float.BYTES / output.channels();
            return new Depthwise(op, output.elementCount() * op.window().tapCount(), Math.max(pixels, FEWEST_PIXELS));
        }

        @Override
        public String algorithm() {
            return "depthwise";
        }

        @Override
        public Padding border(TensorType input, TensorType output) {
            return Borders.reach(op.window(), input, output);
        }
    }

    /** A dense layer as the product of one row, whose panels threads share. */
    record MatrixVector(Dense op) implements Computation {

        @Override
        public long multiplications() {
            return op.kernel().elementCount();
        }

        @Override
        public String algorithm() {
            return "matrix-vector product";
        }
    }

    /**
     * A product and the pool that reads it, for two nodes: some rows at a time are pooled while they are in the cache.
     * Threads that share the pool's rows compute those rows of the product twice that two of them need.
     */
    record PooledProduct(MatrixProduct product, Pool2d pool) implements Computation {

        @Override
        public KernelOp op() {
            return product.op();
        }

        @Override
        public long multiplications() {
            return product.multiplications();
        }

        @Override
        public String algorithm() {
            return product.algorithm();
        }

        @Override
        public Padding border(TensorType input, TensorType output) {
            return product.border(input, output);
        }

        @Override
        public boolean readsPixels() {
            return product.readsPixels();
        }

        @Override
        public Optional<MatrixProduct> matrixProduct() {
            return Optional.of(product);
        }
    }

    /** What there is but one way to compute. */
    record Plain(StandaloneOp op) implements Computation {

        private static final int FEWEST_CHANNELS_OF_BLOCKS = 16;

        /** A picture has so few channels that blocks of them would be mostly empty. */
        @Override
        public int blockChannels(TensorType output, List<Computation> readers) {
            boolean isPicture = op instanceof Input && output.channels() < FEWEST_CHANNELS_OF_BLOCKS;
            return isPicture && readers.stream().allMatch(Computation::readsPixels)
                    ? output.channels()
                    : ImageLayout.CHANNELS;
        }

        @Override
        public long multiplications() {
            return 0;
        }

        @Override
        public String algorithm() {
            return "direct";
        }
    }
}
