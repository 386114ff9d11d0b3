package io.xceptionc.compiler.emit.step;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.emit.kernel.DenseKernel;
import io.xceptionc.compiler.emit.kernel.Ending;
import io.xceptionc.compiler.emit.kernel.InputScaling;
import io.xceptionc.compiler.emit.kernel.PatchesKernel;
import io.xceptionc.compiler.emit.kernel.ProductKernel;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.plan.Computation;
import io.xceptionc.compiler.plan.MatrixProduct;
import io.xceptionc.compiler.plan.ProductPlan;
import io.xceptionc.runtime.kernel.ChannelGroups;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Patches;
import io.xceptionc.runtime.kernel.Pooling;
import io.xceptionc.runtime.kernel.Product;
import java.util.Optional;

/**
 * The steps of convolutions: fill the matrix rows of some pixels, multiply them with the weights, go on to the next
 * pixels.
 */
public final class ConvolutionSteps {

    private ConvolutionSteps() {}

    /*-
     * int last = kernels.firstPixel(361, part + 1, parts);
     * for (int pixel = kernels.firstPixel(361, part, parts); pixel < last; pixel += 390) {
     *     int end = Math.min(pixel + 390, last);
     *     kernels.depthwise3x3By7(frame, BLOCK5_SEPCONV1_DEPTHWISE, pixel, end, part);
     *     kernels.multiply(frame, BLOCK5_SEPCONV1_PRODUCT, pixel, end, 0, 23, part);
     * }
     */
    static void separable(StepCode code, MatrixProduct.Separable computation) {
        SeparableConv2d op = computation.op();
        ProductPlan cut = computation.product();
        String depthwise = DepthwiseSteps.constant(code, op.depthwise());
        String product =
                productConstant(code, op, code.constants().panels(op.kernel()), cut.factor().depth());
        beginChunks(code, cut);
        DepthwiseSteps.fillRows(code, op.depthwise(), depthwise);
        multiply(code, computation, product);
        endChunks(code);
    }

    static void im2col(StepCode code, MatrixProduct.Im2col computation) {
        Conv2d op = computation.op();
        ProductPlan cut = computation.product();
        ImageLayout input = code.step().input();
        Optional<Fusion.Stage> scaling = op.fusion().inputScaling();
        boolean oneBlock =
                scaling.isEmpty() && computation.gathersRuns() && input.channels() == input.blockChannels();
        String patches = patchesConstant(code, op);
        String product = productConstant(code, op, code.constants().panels(op.kernel()), cut.factor().depth());
        beginChunks(code, cut);
        code.phase("What the window sees at each pixel becomes a matrix row.");
        code.add("kernels.$L(frame, $L, $Lpixel, end, part);\n",
                code.use(new PatchesKernel(code.rows().strideFloats(), oneBlock, kind(scaling))), patches,
                scaling.map(stage -> scalingArguments(code, stage)).orElse(CodeBlock.of("")));
        multiply(code, computation, product);
        endChunks(code);
    }

    private static InputScaling kind(Optional<Fusion.Stage> scaling) {
        return scaling.map(stage -> stage instanceof Fusion.Stage.Gate ? InputScaling.GATE : InputScaling.CONSTANTS)
                .orElse(InputScaling.NONE);
    }

    private static CodeBlock scalingArguments(StepCode code, Fusion.Stage scaling) {
        if (scaling instanceof Fusion.Stage.Scale(Affine constants)) {
            int channels = code.step().input().channels();
            return CodeBlock.of("$L, $L,$W",
                    StepCode.literal(code.constants().vector(Optional.of(constants.scale()), channels)),
                    StepCode.literal(code.constants().vector(Optional.of(constants.shift()), channels)));
        }
        return CodeBlock.of("$L,$W", code.layout(code.step().inputs().get(1)));
    }

    /*-
     * for (int block = 0; block < 2048; block++) {
     *     kernels.patches(frame, CONV_PATCHES[block], pixel, end, part);
     *     kernels.multiply(frame, CONV_PRODUCTS[block], pixel, end, 0, 1, part);
     * }
     */
    static void grouped(StepCode code, MatrixProduct.GroupedIm2col computation) {
        Conv2d op = computation.op();
        long panels = code.constants().groupedPanels(op.kernel(), op.groups());
        boolean mixed = groups(op).mixInBlocks();
        beginChunks(code, computation.product());
        code.add("for (int block = 0; block < $L; block++) {\n$>", code.step().firstOutput().blockCount());
        code.phase("What the window sees of the channels of a block's groups becomes a matrix row, times their panel.");
        code.add("kernels.$L(frame, $L[block], pixel, end, part);\n",
                code.use(new PatchesKernel(code.rows().strideFloats(), false)), patchesOfBlocks(code, op));
        code.add("kernels.$L(frame, $L[block], $Lpixel, end, 0, 1, part);\n$<}\n",
                code.use(productKernel(code, op, mixed)), productsOfBlocks(code, op, panels),
                mixed ? groupsConstant(code, op) + ", " : "");
        endChunks(code);
    }

    private static String groupsConstant(StepCode code, Conv2d op) {
        return code.constant("GROUPS", ChannelGroups.class, "Which input channels the filters of %s see.", "$L",
                newGroups(op));
    }

    private static void multiply(StepCode code, MatrixProduct computation, String product) {
        code.phase("Rows times weights, and what follows the sums.");
        code.add("kernels.$L(frame, $L, pixel, end, $L, part);\n",
                code.use(productKernel(code, computation.op(), false)), product, panels(code, computation.product()));
    }

    /** The panels that a part multiplies with. */
    static String panels(StepCode code, ProductPlan cut) {
        return cut.sharesPanels() ? "firstPanel, lastPanel" : "0, " + code.step().firstOutput().blockCount();
    }

    private static ProductKernel productKernel(StepCode code, Convolution op, boolean mixesGroups) {
        return new ProductKernel(code.rows().strideFloats(), op.fusion().residual(),
                Ending.of(op.fusion().activation()), mixesGroups);
    }

    /*-
     * kernels.dense(frame, INPUT, PRODUCT, split(32, part, parts), split(32, part + 1, parts), part);
     */
    static void dense(StepCode code, Dense op) {
        int panels = code.step().firstOutput().blockCount();
        String product = productConstant(code, op, code.constants().panels(op.kernel()),
                op.kernel().dimension(0));
        code.phase("The vector times this part's panels, and what follows the sums.");
        code.add("kernels.$L(frame, $L, $L,$Wsplit($L, part, parts),$Wsplit($L, part + 1, parts), part);\n",
                code.use(new DenseKernel(op.fusion().residual(), Ending.of(op.fusion().activation()))),
                code.layout(code.step().input()), product, panels, panels);
    }

    /*-
     * int firstPanel = split(48, part, parts);
     * int lastPanel = split(48, part + 1, parts);
     * for (int pixel = 0; pixel < 100; pixel += 156) {
     *     int end = Math.min(pixel + 156, 100);
     */
    private static void beginChunks(StepCode code, ProductPlan cut) {
        int pixels = cut.factor().pixels();
        if (code.step().computation() instanceof Computation.PooledProduct pooled) {
            beginRows(code, pooled.pool());
            beginLoop(code, "pixel", "pooling.firstPixel(row, kernels.tilePixels())", cut.chunkRows());
        } else if (cut.sharesPanels()) {
            beginPanels(code, "pixel", cut);
        } else {
            beginParts(code, "pixel", pixels, cut.chunkRows());
        }
    }

    static void beginPanels(StepCode code, String unit, ProductPlan cut) {
        int count = cut.factor().pixels();
        code.add("int firstPanel = split($1L, part, parts);\nint lastPanel = split($1L, part + 1, parts);\n",
                code.step().firstOutput().blockCount());
        code.add("for (int $1L = 0; $1L < $2L; $1L += $3L) {\n$>", unit, count, cut.chunkRows());
        code.add("int end = $T.min($L + $L, $L);\n", Math.class, unit, cut.chunkRows(), count);
    }

    /*-
     * int last = kernels.firstPixel(361, part + 1, parts);
     * for (int pixel = kernels.firstPixel(361, part, parts); pixel < last; pixel += 390) {
     *     int end = Math.min(pixel + 390, last);
     */
    static void beginParts(StepCode code, String unit, int count, int chunk) {
        code.add("int last = kernels.firstPixel($L, part + 1, parts);\n", count);
        beginLoop(code, unit, "kernels.firstPixel(" + count + ", part, parts)", chunk);
    }

    static void beginLoop(StepCode code, String unit, String first, int chunk) {
        code.add("for (int $L = $L; $L < last; $L += $L) {\n$>", unit, first, unit, unit, chunk);
        code.add("int end = $T.min($L + $L, last);\n", Math.class, unit, chunk);
    }

    /*-
     * Pooling pooling = BLOCK2_SEPCONV2_POOLING;
     * int row = split(74, part, parts);
     * int lastRow = split(74, part + 1, parts);
     * int last = pooling.lastPixel(lastRow, kernels.tilePixels());
     */
    private static void beginRows(StepCode code, Pool2d pool) {
        code.add("$T pooling = $L;\n", Pooling.class,
                ImageSteps.poolingConstant(code, pool, code.step().firstOutput()));
        code.add("int row = split($1L, part, parts);\nint lastRow = split($1L, part + 1, parts);\n",
                code.step().output().height());
        code.add("int last = pooling.lastPixel(lastRow, kernels.tilePixels());\n");
    }

    private static void endChunks(StepCode code) {
        if (code.step().computation() instanceof Computation.PooledProduct pooled) {
            poolRows(code, pooled.pool(), code.step().output());
        }
        code.add("$<}\n");
    }

    /*-
     * int endRow = pooling.lastRow(end, row, lastRow);
     * for (int block = 0; block < 4; block++) {
     *     kernels.maxPool3x3(frame, pooling, block * 74 + row, block * 74 + endRow);
     * }
     * row = endRow;
     */
    private static void poolRows(StepCode code, Pool2d pool, ImageLayout output) {
        code.phase("Pool the rows that see no pixel to come, while they are in the cache.");
        code.add("int endRow = pooling.lastRow(end, row, lastRow);\n");
        code.add("for (int block = 0; block < $L; block++) {\n$>", output.blockCount());
        code.add("kernels.$1L(frame, pooling, block * $2L + row, block * $2L + endRow);\n$<}\nrow = endRow;\n",
                code.use(ImageSteps.poolKernel(pool)), output.height());
    }

    private static String patchesConstant(StepCode code, Conv2d op) {
        return code.constant("PATCHES", Patches.class, whatItSees(op), "$L", patches(code, op));
    }

    private static String patchesOfBlocks(StepCode code, Conv2d op) {
        return code.constant("PATCHES", Patches[].class, whatItSees(op) + " For each block of the result.",
                "$L.ofBlocks($L)", patches(code, op), newGroups(op));
    }

    private static String whatItSees(Conv2d op) {
        return "What the %d x %d window of %%s sees.".formatted(op.window().kernelHeight(), op.window().kernelWidth());
    }

    private static CodeBlock patches(StepCode code, Conv2d op) {
        return StepCode.call("new $T($L, $L, $L, $L, $L, $L)", Patches.class, code.layout(code.step().input()), 0,
                op.channelsIn(), code.step().firstOutput().width(), code.window(op.window()),
                DepthwiseSteps.inputFloor(op.fusion()));
    }

    private static ChannelGroups groups(Conv2d op) {
        return new ChannelGroups(op.groups(), op.kernel().dimension(2), op.channelsOut());
    }

    private static CodeBlock newGroups(Conv2d op) {
        ChannelGroups groups = groups(op);
        return StepCode.call("new $T($L, $L, $L)", ChannelGroups.class, groups.count(), groups.channelsOfGroup(),
                groups.filters());
    }

    static String productConstant(StepCode code, Convolution op, long panels, int depth) {
        return code.constant("PRODUCT", Product.class,
                "The product [%d, %d] x [%d, %d] of %%s, and what follows it.".formatted(
                        code.step().firstOutput().pixelCount(), depth, depth, op.channelsOut()),
                "$L", product(code, op, panels, depth));
    }

    private static String productsOfBlocks(StepCode code, Conv2d op, long panels) {
        int depth = op.window().tapCount() * op.kernel().dimension(2);
        return code.constant("PRODUCTS", Product[].class,
                "The products [%d, %d] x [%d, %d] of %%s, %d groups, and what follows them. For each block of the result."
                        .formatted(code.step().firstOutput().pixelCount(), depth, depth, op.channelsOut() / op.groups(),
                                op.groups()),
                "$L.ofBlocks($L, $L)", product(code, op, panels, depth), newGroups(op), op.window().tapCount());
    }

    private static CodeBlock product(StepCode code, Convolution op, long panels, int depth) {
        Activation activation = op.fusion().activation();
        CodeBlock ending = activation.isClamp()
                ? CodeBlock.of("$L,$W$L", StepCode.literal(activation.floor()), StepCode.literal(activation.ceiling()))
                : StepCode.literal(activation.parameter());
        return StepCode.call("new $T($L, $L, $L, $L, $L, $L, $L)", Product.class,
                StepCode.literal(panels), StepCode.literal(code.constants().vector(op.bias(), op.channelsOut())), depth,
                0,
                code.layout(code.step().firstOutput()),
                op.fusion().residual() ? code.layout(code.step().inputs().get(op.fusion().residualIndex())) : "null",
                ending);
    }
}
