package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Winograd;
import java.util.Optional;

/** A computation that multiplies matrix rows, which it fills a chunk at a time, with weights. */
public sealed interface MatrixProduct extends Computation {

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

    /**
     * Whether the pixels of its result are finished in the order of rows, so that more can be done with them in the
     * cache.
     */
    default boolean finishesPixelsInOrder() {
        return false;
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
            return Borders.reach(op.window(), input, output);
        }

        @Override
        public boolean readsPixels() {
            return gathersRuns() && !op.fusion().residual() && op.fusion().inputScaling().isEmpty();
        }

        /**
         * Whether the pixels under a row of the window are neighbours, so that they are gathered at once where they are
         * one block.
         */
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
            return Borders.reach(op.window(), input, output);
        }
    }

    /**
     * A convolution by Winograd's minimal filtering, F(2 x 2, 3 x 3), a matrix row for each square of 2 x 2 pixels.
     * Squares may reach past the last row and column of the result.
     *
     * @see <a href="https://arxiv.org/abs/1509.09308">Lavin and Gray, Fast Algorithms for Convolutional Neural Networks</a>
     */
    record WinogradSquares(Conv2d op, ProductPlan product) implements MatrixProduct {

        private static final int TAPS = 3;
        /** Fewer products of a component than that do not pay for its transformations. */
        private static final int FEWEST_CHANNELS = 16;
        /** With fewer the weights, 16 / 9 as many, come from memory more slowly than they are multiplied. */
        private static final int FEWEST_SQUARES = 32;

        /** For convolutions with 3 x 3 taps, with enough channels and squares. */
        static Optional<Computation> candidate(Conv2d op, TensorType output) {
            int channels = Math.ceilDiv(op.channelsIn(), ImageLayout.CHANNELS) * ImageLayout.CHANNELS;
            RowsPlan.Factor factor =
                    new RowsPlan.Factor(Math.ceilDiv(output.height(), 2) * Math.ceilDiv(output.width(), 2),
                            Winograd.COMPONENTS * channels, output.channels());
            boolean fits = op.groups() == 1 && op.channelsIn() >= FEWEST_CHANNELS && hasSquares(op.window())
                    && factor.pixels() >= FEWEST_SQUARES;
            return fits
                    ? Optional.of(new WinogradSquares(op, ProductPlan.ofSquares(factor)))
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
            return Borders.reach(op.window(), input,
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
            return Borders.reach(op.depthwise().window(), input, output);
        }

        @Override
        public boolean finishesPixelsInOrder() {
            return !product.sharesPanels() && !op.fusion().residual();
        }
    }
}
