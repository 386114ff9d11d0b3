package io.xceptionc.compiler.emit.step;

import io.xceptionc.compiler.emit.kernel.ClearBorderKernel;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Elementwise;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.StandaloneOp;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.plan.Computation;
import io.xceptionc.runtime.kernel.Copies;
import io.xceptionc.runtime.kernel.ImageLayout;

/** The body of a step, by its operator. */
public final class KernelSteps {

    private KernelSteps() {}

    /** Adds the statements of a step. */
    public static void emit(StepCode code) {
        clearBorder(code);
        switch (code.step().computation()) {
            case Computation.Im2col im2col -> ConvolutionSteps.im2col(code, im2col);
            case Computation.GroupedIm2col grouped -> ConvolutionSteps.grouped(code, grouped);
            case Computation.WinogradSquares squares -> WinogradSteps.convolution(code, squares);
            case Computation.Separable separable -> ConvolutionSteps.separable(code, separable);
            case Computation.Depthwise(var op, _) -> ConvolutionSteps.depthwise(code, op);
            case Computation.MatrixVector(var op) -> ConvolutionSteps.dense(code, op);
            case Computation.PoolAlong _ -> ImageSteps.poolAlong(code);
            case Computation.Plain(var op) -> plain(code, op);
        }
    }

    private static void plain(StepCode code, StandaloneOp op) {
        switch (op) {
            case Input _ -> ImageSteps.input(code);
            case Output _ -> ImageSteps.output(code);
            case Pool2d pool -> ImageSteps.pool(code, pool);
            case GlobalPool2d pool -> ImageSteps.globalPool(code, pool);
            case Elementwise elementwise -> ImageSteps.elementwise(code, elementwise);
            case Softmax _ -> ImageSteps.softmax(code);
            case Concat _ -> ImageSteps.concat(code);
            case ZeroPad2d pad -> ImageSteps.zeroPad(code, pad);
            case RepeatChannels repeat -> ImageSteps.repeatChannels(code, repeat);
            case Flatten flatten -> ImageSteps.flatten(code, flatten);
        }
    }

    /*-
     * kernels.clearBorder(frame, OUTPUT, split(23, part, parts), split(23, part + 1, parts));
     */
    private static void clearBorder(StepCode code) {
        ImageLayout output = code.step().output();
        boolean clearedByParts = code.step().op() instanceof Concat && !code.step().copiedInputs().contains(true);
        boolean clearsAll = code.step().op() instanceof ZeroPad2d;
        if (!output.hasBorder() || code.step().overwrites() || clearedByParts || clearsAll
                || code.step().op() instanceof Output) {
            return;
        }
        boolean ordinary = output.blockChannels() == ImageLayout.CHANNELS;
        int blocks = output.blockCount();
        if (ordinary) {
            code.add("kernels.$L(", code.use(new ClearBorderKernel()));
        } else {
            code.add("$T.clearBorder(", Copies.class);
        }
        code.add("frame, $L, split($L, part, parts),$Wsplit($L, part + 1, parts));\n", code.layout(output), blocks,
                blocks);
    }
}
