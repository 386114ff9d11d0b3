package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.KernelOp;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.StandaloneOp;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Winograd;
import java.util.Optional;

/**
 * The algorithm by which a node is computed, with the numbers that are the same for all widths of vectors. {@link Schedule} chooses it,
 * once; borders, memory, matrix rows and emitted code follow it.
 */
public sealed interface Computation {

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

    /** Whether it can read its input in pixels of few channels instead of whole blocks. */
    default boolean readsPixels() {
        return false;
    }

    /** One that multiplies matrix rows, which it fills a chunk at a time, with weights. */
    sealed interface MatrixProduct extends Computation {

        @Override
        Convolution op();

        @Override
        default Optional<MatrixProduct> matrixProduct() {
            return Optional.of(this);
        }

        /** The factors and how they are cut. */
        ProductPlan product();

        @Override
        default long multiplications() {
            return product().multiplications();
        }

        /** Whether the pixels of its result are finished in the order of rows, so that more can be done with them in the cache. */
        default boolean finishesPixelsInOrder() {
            return false;
        }
    }

    /** A convolution as one product over gathered windows (im2col). */
    record Im2col(Conv2d op, ProductPlan product) implements MatrixProduct {

        static Im2col of(Conv2d op, TensorType output) {
            return new Im2col(op, ProductPlan.ofPixels(new RowsPlan.Factor(output.pixelCount(),
                    op.window().tapCount() * op.channelsIn(), output.channels())));
        }

        @Override
        public String algorithm() {
            return "im2col product";
        }

        @Override
        public Padding border(TensorType input, TensorType output) {
            return reach(op.window(), input, output);
        }

        @Override
        public boolean readsPixels() {
            return gathersRuns() && !op.fusion().residual();
        }

        /** Whether the pixels under a row of the window are neighbours, so that they are gathered at once where they are one block. */
        public boolean gathersRuns() {
            return op.window().dilationWidth() == 1;
        }

        @Override
        public boolean finishesPixelsInOrder() {
            return !product.sharesPanels() && !op.fusion().residual();
        }
    }

    /** A convolution with groups as a product over gathered windows for each panel of columns (im2col). */
    record GroupedIm2col(Conv2d op, ProductPlan product) implements MatrixProduct {

        static GroupedIm2col of(Conv2d op, TensorType output) {
            return new GroupedIm2col(op, ProductPlan.ofSharedRows(new RowsPlan.Factor(output.pixelCount(),
                    op.window().tapCount() * op.channelsIn(), output.channels())));
        }

        @Override
        public String algorithm() {
            return "grouped im2col products";
        }

        @Override
        public Padding border(TensorType input, TensorType output) {
            return reach(op.window(), input, output);
        }
    }

    /**
     * A convolution by Winograd's minimal filtering, F(2 x 2, 3 x 3), a matrix row for each square of 2 x 2 pixels. Squares may reach past
     * the last row and column of the result.
     *
     * @see <a href="https://arxiv.org/abs/1509.09308">Lavin and Gray, Fast Algorithms for Convolutional Neural Networks</a>
     */
    record WinogradSquares(Conv2d op, ProductPlan product) implements MatrixProduct {

        private static final int TAPS = 3;
        /** Fewer products of a component than that do not pay for its transformations. */
        private static final int FEWEST_CHANNELS = 16;

        /**
         * For convolutions with 3 x 3 taps whose weights, which become 16 / 9 as many, are light still, and whose squares are enough for
         * all threads.
         */
        static Optional<Computation> candidate(Conv2d op, TensorType output) {
            int channels = Math.ceilDiv(op.channelsIn(), ImageLayout.CHANNELS) * ImageLayout.CHANNELS;
            RowsPlan.Factor factor =
                    new RowsPlan.Factor(Math.ceilDiv(output.height(), 2) * Math.ceilDiv(output.width(), 2),
                            Winograd.COMPONENTS * channels, output.channels());
            boolean fits = op.groups() == 1 && !op.fusion().residual() && op.channelsIn() >= FEWEST_CHANNELS
                    && hasSquares(op.window()) && factor.hasLightWeights() && !RowsPlan.sharesPanels(factor.pixels());
            return fits
                    ? Optional.of(new WinogradSquares(op, ProductPlan.ofSharedRows(factor)))
                    : Optional.empty();
        }

        private static boolean hasSquares(Window window) {
            return window.kernelHeight() == TAPS && window.kernelWidth() == TAPS && window.strideHeight() == 1
                    && window.strideWidth() == 1 && window.dilationHeight() == 1 && window.dilationWidth() == 1;
        }

        @Override
        public long multiplications() {
            return (long) product.factor().pixels() * Winograd.COMPONENTS * op.channelsIn() * op.channelsOut();
        }

        /** The channels of a component's matrix row: whole blocks. */
        public int componentChannels() {
            return product.factor().depth() / Winograd.COMPONENTS;
        }

        @Override
        public String algorithm() {
            return "Winograd F(2x2, 3x3)";
        }

        @Override
        public Padding border(TensorType input, TensorType output) {
            return reach(op.window(), input,
                    TensorType.image(even(output.height()), even(output.width()), output.channels()));
        }

        private static int even(int length) {
            return length + length % 2;
        }
    }

    /** Depthwise, then pointwise convolution: the depthwise half fills the matrix rows of a product. */
    record Separable(SeparableConv2d op, ProductPlan product) implements MatrixProduct {

        static Separable of(SeparableConv2d op, TensorType output) {
            return new Separable(op, ProductPlan.ofPixels(
                    new RowsPlan.Factor(output.pixelCount(), op.kernel().dimension(2), output.channels())));
        }

        @Override
        public String algorithm() {
            return "depthwise rows, product";
        }

        @Override
        public Padding border(TensorType input, TensorType output) {
            return reach(op.depthwise().window(), input, output);
        }

        @Override
        public boolean finishesPixelsInOrder() {
            return !product.sharesPanels() && !op.fusion().residual();
        }
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
            return reach(op.window(), input, output);
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
     * A product and the pool that reads it, for two nodes: some rows at a time are pooled while they are in the cache. Threads that share
     * the pool's rows compute those rows of the product twice that two of them need.
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

        @Override
        public long multiplications() {
            return 0;
        }

        @Override
        public String algorithm() {
            return "direct";
        }
    }

    /** How far a window's taps reach outside its input, on its way over all pixels that are computed. */
    private static Padding reach(Window window, TensorType input, TensorType computed) {
        Padding padding = window.padding();
        return new Padding(padding.top(),
                beyond(computed.height(), window.strideHeight(), window.extentHeight(), padding.top(), input.height()),
                padding.left(),
                beyond(computed.width(), window.strideWidth(), window.extentWidth(), padding.left(), input.width()));
    }

    /** How far the last position of a window reaches beyond the input's end. */
    private static int beyond(int outputSize, int stride, int extent, int paddingBefore, int inputSize) {
        long last = (outputSize - 1L) * stride + extent - 1 - paddingBefore;
        return Math.toIntExact(Math.max(0, last - (inputSize - 1)));
    }
}
