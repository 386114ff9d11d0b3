package io.xceptionc.compiler.emit.step;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.graph.op.JoinPhases;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SliceChannels;
import io.xceptionc.compiler.graph.op.SplitPhases;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.shared.BoxKernel;
import io.xceptionc.runtime.kernel.shared.ChannelOrder;
import io.xceptionc.runtime.kernel.shared.Grid;
import io.xceptionc.runtime.kernel.shared.PadKernel;
import io.xceptionc.runtime.kernel.shared.PermutationKernel;
import io.xceptionc.runtime.kernel.shared.PhaseCopies;
import java.util.List;

/** The steps that move values from pixel to pixel or channel to channel: each is one call, split by rows. */
final class ArrangementSteps {

    private ArrangementSteps() {}

    /*-
     * PadKernel.PAD_REFLECT.rows(frame, INPUT, OUTPUT, 1, 1, 0, split(96, part, parts), split(96, part + 1, parts));
     */
    static void pad(StepCode code, Pad2d op) {
        ImageLayout output = code.step().output();
        PadKernel kernel = switch (op.mode()) {
            case CONSTANT -> PadKernel.PAD_CONSTANT;
            case REFLECT -> PadKernel.PAD_REFLECT;
            case SYMMETRIC -> PadKernel.PAD_SYMMETRIC;
            case EDGE -> PadKernel.PAD_EDGE;
        };
        code.add("$L.rows(frame, $L, $L, $L, $L, $L, $L);\n", code.use(kernel), code.layout(code.step().input()),
                code.layout(output), op.padding().top(), op.padding().left(), StepCode.literal(op.value()),
                ImageSteps.range(ImageSteps.rowCount(output)));
    }

    /*-
     * BoxKernel.COPY_BOX.rows(frame, SLICE_FROM, SLICE_TO, 48, 16, split(48, part, parts), split(48, part + 1, parts));
     */
    static void sliceChannels(StepCode code, SliceChannels op) {
        ImageLayout output = code.step().output();
        String from = code.constant("FROM", Grid.class, "What %s takes.", "new $T($L, 0, 0, $L)", Grid.class,
                code.layout(code.step().input()), op.first());
        code.add("$L.rows(frame, $L, $L, $L, $L, $L);\n", code.use(BoxKernel.COPY_BOX), from, whole(code, output),
                output.width(), output.channels(), ImageSteps.range(output.height()));
    }

    /*-
     * PermutationKernel.PERMUTE_CHANNELS.rows(frame, SHUFFLE_FROM, SHUFFLE_TO, 48, SHUFFLE_ORDER, split(48, part, parts),
     *         split(48, part + 1, parts), part);
     */
    static void shuffleChannels(StepCode code, ShuffleChannels op) {
        ImageLayout output = code.step().output();
        String from = code.constant("FROM", Grid.class, "What %s takes.", "new $T($L)", Grid.class,
                code.layout(code.step().input()));
        String order = code.constant("ORDER", ChannelOrder.class, "Which channels those of %s are.",
                "$T.shuffle($L, $L)", ChannelOrder.class, output.channels(), op.groups());
        code.add("$L.rows(frame, $L, $L, $L, $L, $L, part);\n", code.use(PermutationKernel.PERMUTE_CHANNELS), from,
                whole(code, output), output.width(), order, ImageSteps.range(output.height()));
    }

    /*-
     * UP_PHASES.rows(frame, split(24, part, parts), split(24, part + 1, parts));
     */
    static void joinPhases(StepCode code, JoinPhases op) {
        ImageLayout output = code.step().output();
        List<ImageLayout> inputs = code.step().inputs();
        if (inputs.size() == 1) {
            movePhases(code, Math.ceilDiv(output.height(), op.rows()), "$T.join($L, $L, $L, $L, $L, $L)",
                    PhaseCopies.class, code.layout(inputs.getFirst()), code.layout(output), op.rows(), op.columns(),
                    op.margins().top(), op.margins().left());
        } else {
            movePhases(code, inputs.getFirst().height(), "$T.join($L, $L, $L, $L)", PhaseCopies.class,
                    code.layout(output), op.rows(), op.columns(),
                    CodeBlock.join(inputs.stream().map(code::layout).map(CodeBlock::of).toList(), ",$W"));
        }
    }

    static void splitPhases(StepCode code, SplitPhases op) {
        ImageLayout output = code.step().output();
        movePhases(code, output.height(), "$T.split($L, $L, $L)", PhaseCopies.class, code.layout(code.step().input()),
                code.layout(output), op.block());
    }

    private static void movePhases(StepCode code, int rows, String format, Object... arguments) {
        String phases =
                code.constant("PHASES", PhaseCopies.class, "The copies that %s consists of.", format, arguments);
        code.use(BoxKernel.COPY_BOX);
        code.add("$L.rows(frame, $L);\n", phases, ImageSteps.range(rows));
    }

    private static String whole(StepCode code, ImageLayout output) {
        return code.constant("TO", Grid.class, "What %s yields.", "new $T($L)", Grid.class, code.layout(output));
    }
}
