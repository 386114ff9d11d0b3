package io.xceptionc.compiler.emit.step;

import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.AdaptivePool2d;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.Average;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.JoinPhases;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.LogSoftmax;
import io.xceptionc.compiler.graph.op.Maximum;
import io.xceptionc.compiler.graph.op.Minimum;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Prelu;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.ResponseNorm;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SliceChannels;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.SplitPhases;
import io.xceptionc.compiler.graph.op.StandaloneOp;
import io.xceptionc.compiler.graph.op.Subtract;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.plan.Computation;
import io.xceptionc.compiler.plan.MatrixProduct;
import io.xceptionc.runtime.kernel.Copies;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.shared.BorderKernel;
import io.xceptionc.runtime.kernel.shared.MergeKernel;

/** The body of a step, by its operator. */
public final class KernelSteps {

    private KernelSteps() {}

    /** Adds the statements of a step. */
    public static void emit(StepCode code) {
        clearBorders(code);
        switch (code.step().computation()) {
            case MatrixProduct product -> matrixProduct(code, product);
            case Computation.PooledProduct pooled -> matrixProduct(code, pooled.product());
            case Computation.Depthwise depthwise -> DepthwiseSteps.toImage(code, depthwise);
            case Computation.MatrixVector(var op) -> ConvolutionSteps.dense(code, op);
            case Computation.Plain(var op) -> plain(code, op);
        }
    }

    private static void matrixProduct(StepCode code, MatrixProduct product) {
        switch (product) {
            case MatrixProduct.Im2col im2col -> ConvolutionSteps.im2col(code, im2col);
            case MatrixProduct.GroupedIm2col grouped -> ConvolutionSteps.grouped(code, grouped);
            case MatrixProduct.WinogradSquares squares -> WinogradSteps.convolution(code, squares);
            case MatrixProduct.Separable separable -> ConvolutionSteps.separable(code, separable);
        }
    }

    private static void plain(StepCode code, StandaloneOp op) {
        switch (op) {
            case Input _ -> ImageSteps.input(code);
            case Output _ -> ImageSteps.output(code);
            case Pool2d pool -> ImageSteps.pool(code, pool);
            case GlobalPool2d pool -> ImageSteps.globalPool(code, pool);
            case AdaptivePool2d pool -> ImageSteps.adaptivePool(code, pool);
            case LayerNorm norm -> NormSteps.layerNorm(code, norm);
            case GroupNorm norm -> NormSteps.groupNorm(code, norm);
            case L2Norm norm -> NormSteps.l2Norm(code, norm);
            case ResponseNorm norm -> NormSteps.responseNorm(code, norm);
            case Activate(var activation) -> ElementwiseSteps.activate(code, activation);
            case Affine affine -> ElementwiseSteps.affine(code, affine);
            case Add _ -> ElementwiseSteps.merge(code, MergeKernel.ADD);
            case Multiply _ -> ElementwiseSteps.merge(code, MergeKernel.MULTIPLY);
            case Prelu prelu -> ElementwiseSteps.prelu(code, prelu);
            case Subtract _ -> ElementwiseSteps.subtract(code);
            case Maximum _ -> ElementwiseSteps.merge(code, MergeKernel.MAXIMUM);
            case Minimum _ -> ElementwiseSteps.merge(code, MergeKernel.MINIMUM);
            case Average _ -> ElementwiseSteps.average(code);
            case Softmax _ -> ImageSteps.softmax(code);
            case ReduceChannels reduce -> ImageSteps.reduceChannels(code, reduce);
            case LogSoftmax _ -> ImageSteps.logSoftmax(code);
            case Concat _ -> ImageSteps.concat(code);
            case ZeroPad2d pad -> ImageSteps.zeroPad(code, pad);
            case Crop2d crop -> ImageSteps.crop(code, crop);
            case Pad2d pad -> ArrangementSteps.pad(code, pad);
            case SliceChannels slice -> ArrangementSteps.sliceChannels(code, slice);
            case ShuffleChannels shuffle -> ArrangementSteps.shuffleChannels(code, shuffle);
            case JoinPhases join -> ArrangementSteps.joinPhases(code, join);
            case SplitPhases split -> ArrangementSteps.splitPhases(code, split);
            case Resize2d resize -> ResizeSteps.resize(code, resize);
            case RepeatChannels repeat -> ImageSteps.repeatChannels(code, repeat);
            case Flatten flatten -> ImageSteps.flatten(code, flatten);
        }
    }

    /*-
     * BorderKernel.CLEAR_BORDER.clearBlocks(frame, OUTPUT, split(23, part, parts), split(23, part + 1, parts));
     */
    private static void clearBorders(StepCode code) {
        boolean clearedByParts = code.step().op() instanceof Concat && !code.step().copiedInputs().contains(true);
        boolean clearsAll = code.step().op() instanceof ZeroPad2d;
        if (code.step().overwrites() || clearedByParts || clearsAll || code.step().op() instanceof Output) {
            return;
        }
        code.step().outputs().stream().filter(ImageLayout::hasBorder).forEach(output -> clearBorder(code, output));
    }

    private static void clearBorder(StepCode code, ImageLayout output) {
        boolean ordinary = output.blockChannels() == ImageLayout.CHANNELS;
        int blocks = output.blockCount();
        code.phase("Zero the border of what it yields.");
        if (ordinary) {
            code.add("$L.clearBlocks(", code.use(BorderKernel.CLEAR_BORDER));
        } else {
            code.add("$T.clearBorder(", Copies.class);
        }
        code.add("frame, $L, split($L, part, parts),$Wsplit($L, part + 1, parts));\n", code.layout(output), blocks,
                blocks);
    }
}
