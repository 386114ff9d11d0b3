package io.xceptionc.compiler.emit.step;

import io.xceptionc.compiler.emit.kernel.Ending;
import io.xceptionc.compiler.emit.kernel.WinogradInputKernel;
import io.xceptionc.compiler.emit.kernel.WinogradProductKernel;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.plan.MatrixProduct;
import io.xceptionc.compiler.plan.ProductPlan;
import io.xceptionc.runtime.kernel.Winograd;

/**
 * The steps of convolutions by minimal filtering: transform the inputs of some squares, multiply, go on to the next
 * squares.
 */
final class WinogradSteps {

    private WinogradSteps() {}

    /*-
     * int last = kernels.firstPixel(5476, part + 1, parts);
     * for (int square = kernels.firstPixel(5476, part, parts); square < last; square += 78) {
     *     int end = Math.min(square + 78, last);
     *     kernels.transformSquares32(frame, BLOCK1_CONV2_WINOGRAD, square, end, part);
     *     kernels.multiplySquares(frame, BLOCK1_CONV2_WINOGRAD, BLOCK1_CONV2_PRODUCT, square, end, 0, 2, part);
     * }
     */
    static void convolution(StepCode code, MatrixProduct.WinogradSquares computation) {
        Conv2d op = computation.op();
        ProductPlan cut = computation.product();
        int rowFloats = code.rows().strideFloats();
        Padding padding = op.window().padding();
        String winograd = code.constant("WINOGRAD", Winograd.class, "How the squares of %s are computed.",
                "new $T($L, $L, $L, $L$L)", Winograd.class, code.layout(code.step().input()), padding.top(),
                padding.left(), code.layout(code.step().firstOutput()),
                op.fusion().residual() ? ", " + code.layout(code.step().inputs().get(1)) : "");
        String product = ConvolutionSteps.productConstant(code, op,
                code.constants().winogradPanels(op.kernel()), op.channelsIn());
        if (cut.sharesPanels()) {
            ConvolutionSteps.beginPanels(code, "square", cut);
        } else {
            ConvolutionSteps.beginParts(code, "square", cut.factor().pixels(), cut.chunkRows());
        }
        code.phase("The window's inputs of each square, transformed, become a matrix row for each component.");
        code.add("kernels.$L(frame, $L, square, end, part);\n",
                code.use(new WinogradInputKernel(rowFloats, computation.componentChannels(),
                        op.fusion().rectifiesInput())),
                winograd);
        code.phase("Rows times weights, transformed back, and what follows.");
        code.add("kernels.$L(frame, $L, $L, square, end, $L, part);\n$<}\n", code.use(
                new WinogradProductKernel(rowFloats, op.fusion().residual(), Ending.of(op.fusion().activation()))),
                winograd, product, ConvolutionSteps.panels(code, cut));
    }
}
