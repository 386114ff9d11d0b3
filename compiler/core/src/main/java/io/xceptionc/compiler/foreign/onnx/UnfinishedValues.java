package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Integers;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.PaddedChannels;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Repeated;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Unfinished;
import java.util.List;
import java.util.Set;

/** Parts of norms under operators that only move numbers, or name their axes otherwise. */
final class UnfinishedValues {

    private static final Set<String> MOVING = Set.of("Reshape", "Transpose", "Squeeze", "Unsqueeze", "Identity", "Cast",
            "Expand", "Shape");

    private UnfinishedValues() {}

    /** Whether a node does no more than that to such a part. */
    static boolean isMoved(OnnxStep step) {
        return step.input(0) instanceof Unfinished && MOVING.contains(step.node().operator());
    }

    /** The part as it is then. One number for all channels of a pixel may be repeated for each. */
    static OnnxResult moved(OnnxStep step, Translation translation)
            throws CannotImportException, InvalidInputException {
        Unfinished part = (Unfinished) step.input(0);
        OnnxResult next = translation.of(step.reading(part.inner()));
        return switch (next) {
            case Activations activations -> part.with(activations);
            case Integers shape when !(part instanceof PaddedChannels) -> shape;
            case Repeated(Activations value, var sizes) when isRepeatedAlongChannels(step, value, sizes) ->
                    part.with(value);
            default -> throw new CannotImportException("it moves numbers of a part of a norm", "");
        };
    }

    private static boolean isRepeatedAlongChannels(OnnxStep step, Activations value, List<Integer> sizes) {
        List<Integer> before = step.sizes(value);
        int channels = value.layout().channelAxis();
        for (int axis = 0; axis < before.size(); axis++) {
            if (axis != channels && !before.get(axis).equals(sizes.get(axis))) {
                return false;
            }
        }
        return before.size() == sizes.size()
                && NormParts.channelsOf(value.node()).filter(sizes.get(channels)::equals).isPresent();
    }
}
