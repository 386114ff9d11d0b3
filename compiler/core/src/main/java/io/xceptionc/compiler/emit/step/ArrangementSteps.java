package io.xceptionc.compiler.emit.step;

import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SliceChannels;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.shared.BoxKernel;
import io.xceptionc.runtime.kernel.shared.ChannelOrder;
import io.xceptionc.runtime.kernel.shared.Grid;
import io.xceptionc.runtime.kernel.shared.PadKernel;
import io.xceptionc.runtime.kernel.shared.PermutationKernel;

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

    private static String whole(StepCode code, ImageLayout output) {
        return code.constant("TO", Grid.class, "What %s yields.", "new $T($L)", Grid.class, code.layout(output));
    }
}
