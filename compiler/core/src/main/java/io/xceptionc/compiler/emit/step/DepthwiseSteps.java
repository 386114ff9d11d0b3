package io.xceptionc.compiler.emit.step;

import io.xceptionc.compiler.emit.kernel.ActivatePixelsKernel;
import io.xceptionc.compiler.emit.kernel.ActivateRowsKernel;
import io.xceptionc.compiler.emit.kernel.DepthwiseKernel;
import io.xceptionc.compiler.emit.pack.Constants;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.plan.Computation;
import io.xceptionc.runtime.kernel.Depthwise;

/** The steps of depthwise convolutions, and the depthwise half of separable ones, which fills matrix rows. */
final class DepthwiseSteps {

    private static final int MOST_CONSTANT_STRIDE = 2;

    private DepthwiseSteps() {}

    /*-
     * kernels.depthwise3x3ToImageBy7(frame, DEPTHWISE, OUTPUT, split(361, part, parts), split(361, part + 1, parts), part);
     */
    static void toImage(StepCode code, Computation.Depthwise computation) {
        DepthwiseConv2d op = computation.op();
        if (op.multiplier() != 1 || op.fusion().residual()) {
            throw new IllegalStateException(
                    "a pass left a multiplier or a residual in '" + code.step().name() + "'");
        }
        String depthwise = constant(code, op);
        String kernel = code.use(kernel(code, op, 0));
        String output = code.layout(code.step().firstOutput());
        int pixels = code.step().firstOutput().pixelCount();
        if (op.fusion().activation().isClamp()) {
            code.phase("Slide the window over this part's pixels, channels as the axis of vectors.");
            code.add("kernels.$L(frame, $L, $L,$Wsplit($L, part, parts),$Wsplit($L, part + 1, parts), part);\n", kernel,
                    depthwise, output, pixels, pixels);
        } else {
            activatedDepthwise(code, computation, kernel, depthwise, output);
        }
    }

    /*-
     * int last = split(3136, part + 1, parts);
     * for (int pixel = split(3136, part, parts); pixel < last; pixel += 192) {
     *     int end = Math.min(pixel + 192, last);
     *     kernels.depthwise3x3ToImageBy7(frame, DEPTHWISE, OUTPUT, pixel, end, part);
     *     kernels.swishPixels(frame, 0, OUTPUT, pixel, end);
     * }
     */
    private static void activatedDepthwise(StepCode code, Computation.Depthwise computation, String kernel,
            String depthwise, String output) {
        Activation activation = computation.op().fusion().activation();
        int pixels = code.step().firstOutput().pixelCount();
        code.add("int last = split($L, part + 1, parts);\n", pixels);
        ConvolutionSteps.beginLoop(code, "pixel", "split(" + pixels + ", part, parts)", computation.chunkPixels());
        code.phase("Slide the window over some pixels.");
        code.add("kernels.$L(frame, $L, $L, pixel, end, part);\n", kernel, depthwise, output);
        code.phase("Apply the function to them while they are in the cache.");
        code.add("kernels.$L(frame, $L, $L, pixel, end);\n$<}\n", code.use(new ActivatePixelsKernel(activation.kind())),
                StepCode.literal(activation.parameter()), output);
    }

    /*-
     * kernels.depthwise3x3By7(frame, BLOCK5_SEPCONV1_DEPTHWISE, pixel, end, part);
     */
    static void fillRows(StepCode code, DepthwiseConv2d op, String depthwise) {
        code.phase("The depthwise half of each pixel becomes a matrix row.");
        code.add("kernels.$L(frame, $L, pixel, end, part);\n",
                code.use(kernel(code, op, code.rows().strideFloats())), depthwise);
        activateRows(code, op);
    }

    /*-
     * kernels.hardSwishRows(frame, 0, end - pixel, 240, part);
     */
    private static void activateRows(StepCode code, DepthwiseConv2d op) {
        Activation activation = op.fusion().activation();
        if (!activation.isClamp()) {
            code.phase("The function between the halves.");
            code.add("kernels.$L(frame, $L, end - pixel, $L, part);\n",
                    code.use(new ActivateRowsKernel(activation.kind(), code.rows().strideFloats())),
                    StepCode.literal(activation.parameter()), op.channelsOut());
        }
    }

    private static DepthwiseKernel kernel(StepCode code, DepthwiseConv2d op, int rowFloats) {
        Window window = op.window();
        boolean shares = window.dilationWidth() == 1 && window.strideWidth() <= MOST_CONSTANT_STRIDE;
        boolean clamps = op.fusion().activation().isClamp() && !op.fusion().activation().equals(Activation.IDENTITY);
        return new DepthwiseKernel(window.kernelHeight(), window.kernelWidth(), shares ? window.strideWidth() : 0,
                DepthwiseKernel.tilePixels(code.step().firstOutput().width()), op.fusion().rectifiesInput(), clamps,
                rowFloats);
    }

    static String constant(StepCode code, DepthwiseConv2d op) {
        Window window = op.window();
        Fusion fusion = op.fusion();
        Constants constants = code.constants();
        return code.constant("DEPTHWISE", Depthwise.class,
                "How the %d x %d window of %%s slides.".formatted(window.kernelHeight(), window.kernelWidth()),
                "new $T($L, $L, $L, $L, $L, $L, $L, $L)", Depthwise.class,
                code.layout(code.step().input()), StepCode.literal(constants.taps(op.kernel())),
                StepCode.literal(constants.vector(op.bias(), op.channelsOut())), code.step().firstOutput().width(),
                code.window(window), inputFloor(fusion),
                StepCode.literal(fusion.activation().floor()), StepCode.literal(fusion.activation().ceiling()));
    }

    static Object inputFloor(Fusion fusion) {
        return StepCode.literal(fusion.rectifiesInput() ? 0 : Float.NEGATIVE_INFINITY);
    }
}
