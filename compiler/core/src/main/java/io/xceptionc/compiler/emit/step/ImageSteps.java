package io.xceptionc.compiler.emit.step;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.emit.kernel.PoolKernel;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.AdaptivePool2d;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.runtime.kernel.Copies;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Pooling;
import io.xceptionc.runtime.kernel.shared.ChannelKernel;
import io.xceptionc.runtime.kernel.shared.PixelNormKernel;
import io.xceptionc.runtime.kernel.shared.SoftmaxKernel;
import io.xceptionc.runtime.kernel.shared.WindowKernel;

/** The steps of operators without products: each is one call, split by rows, pixels or blocks. */
public final class ImageSteps {

    private ImageSteps() {}

    /*-
     * Copies.read(frame, INPUT, split(299, part, parts), split(299, part + 1, parts));
     */
    static void input(StepCode code) {
        ImageLayout output = code.step().output();
        code.add("$T.read(frame, $L, $L);\n", Copies.class, code.layout(output), range(output.height()));
    }

    static void output(StepCode code) {
        ImageLayout input = code.step().input();
        code.add("$T.write(frame, $L$L, $L);\n", Copies.class, code.output().map(index -> index + ", ").orElse(""),
                code.layout(input), range(input.height()));
    }

    static CodeBlock range(int count) {
        return CodeBlock.of("split($1L, part, parts),$Wsplit($1L, part + 1, parts)", count);
    }

    static int rowCount(ImageLayout layout) {
        return layout.blockCount() * layout.height();
    }

    static void pool(StepCode code, Pool2d op) {
        code.add("kernels.$L(frame, $L, $L);\n", code.use(poolKernel(op)),
                poolingConstant(code, op, code.step().input()),
                range(rowCount(code.step().output())));
    }

    static PoolKernel poolKernel(Pool2d op) {
        return new PoolKernel(op.reduction(), op.window().kernelHeight(), op.window().kernelWidth());
    }

    /** The constant that describes the pool that yields a step's result, of an input that lies somewhere. */
    static String poolingConstant(StepCode code, Pool2d op, ImageLayout input) {
        Window window = op.window();
        return code.constant("POOLING", Pooling.class,
                "How the %d x %d window of %%s slides.".formatted(window.kernelHeight(), window.kernelWidth()),
                "new $T($L, $L, $L, $L)", Pooling.class, code.layout(input), code.layout(code.step().output()),
                code.window(window), op.countsPadding());
    }

    static void globalPool(StepCode code, GlobalPool2d op) {
        ImageLayout input = code.step().input();
        WindowKernel kernel =
                op.reduction() == Reduction.MAX ? WindowKernel.MAX_WINDOW : WindowKernel.AVG_WINDOW;
        code.add("$L.reduceBlocks(frame, $L,$W$L,$W$L);\n", code.use(kernel), code.layout(input),
                code.layout(code.step().output()), range(input.blockCount()));
    }

    /*-
     * WindowKernel.AVG_WINDOW.reduceToGrid(frame, INPUT, OUTPUT, split(12, part, parts), split(12, part + 1, parts));
     */
    static void adaptivePool(StepCode code, AdaptivePool2d op) {
        WindowKernel kernel =
                op.reduction() == Reduction.MAX ? WindowKernel.MAX_WINDOW : WindowKernel.AVG_WINDOW;
        ImageLayout output = code.step().output();
        code.add("$L.reduceToGrid(frame, $L, $L, $L);\n", code.use(kernel), code.layout(code.step().input()),
                code.layout(output), range(rowCount(output)));
    }

    static void reduceChannels(StepCode code, ReduceChannels op) {
        ChannelKernel kernel = switch (op.kind()) {
            case MEAN -> ChannelKernel.AVG_CHANNELS;
            case MAX -> ChannelKernel.MAX_CHANNELS;
            case ARGMAX -> ChannelKernel.ARGMAX_CHANNELS;
        };
        ImageLayout output = code.step().output();
        code.add("$L.rows(frame, $L, $L, $L, part);\n", code.use(kernel), code.layout(code.step().input()),
                code.layout(output), range(output.height()));
    }

    static void softmax(StepCode code) {
        ImageLayout output = code.step().output();
        code.add("$L.normalise(frame, $L,$W$L,$W$L);\n", code.use(SoftmaxKernel.SOFTMAX),
                code.layout(code.step().input()), code.layout(output), range(output.pixelCount()));
    }

    /** The kernel has places for an epsilon and constants, which do not count. */
    static void logSoftmax(StepCode code) {
        ImageLayout output = code.step().output();
        code.add("$L.rows(frame, $L, $L, 0, 0, 0, $L, part);\n", code.use(PixelNormKernel.LOG_SOFTMAX),
                code.layout(code.step().input()), code.layout(output), range(output.height()));
    }

    /*-
     * Copies.concatenate(frame, INPUT, OUTPUT, 96, split(17, part, parts), split(17, part + 1, parts));
     */
    static void concat(StepCode code) {
        ImageLayout output = code.step().output();
        int channel = 0;
        for (int i = 0; i < code.step().inputs().size(); i++) {
            TensorType part = code.step().node().inputs().get(i).type();
            if (code.step().copiedInputs().get(i)) {
                code.add("$T.concatenate(frame, $L, $L, $L, $L);\n", Copies.class,
                        code.layout(code.step().inputs().get(i)), code.layout(output), channel,
                        range(output.height()));
            }
            channel += part.channels();
        }
    }

    static void zeroPad(StepCode code, ZeroPad2d op) {
        ImageLayout input = code.step().input();
        code.add("$T.pad(frame, $L, $L, $L, $L, $L);\n", Copies.class, code.layout(input),
                code.layout(code.step().output()), op.padding().top(),
                op.padding().left(), range(input.blockCount()));
    }

    static void crop(StepCode code, Crop2d op) {
        ImageLayout input = code.step().input();
        code.add("$T.crop(frame, $L, $L, $L, $L, $L);\n", Copies.class, code.layout(input),
                code.layout(code.step().output()), op.margins().top(), op.margins().left(), range(input.blockCount()));
    }

    static void repeatChannels(StepCode code, RepeatChannels op) {
        ImageLayout input = code.step().input();
        code.add("$T.repeatChannels(frame, $L, $L, $L, $L);\n", Copies.class, code.layout(input),
                code.layout(code.step().output()), op.count(), range(rowCount(input)));
    }

    static void flatten(StepCode code, Flatten op) {
        ImageLayout input = code.step().input();
        code.add("$T.$L(frame, $L, $L, $L);\n", Copies.class, op.channelsFirst() ? "flattenChannelsFirst" : "flatten",
                code.layout(input),
                code.layout(code.step().output()), range(op.channelsFirst() ? input.channels() : input.height()));
    }
}
