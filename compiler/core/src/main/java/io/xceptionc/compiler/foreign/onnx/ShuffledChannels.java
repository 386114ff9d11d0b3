package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.GroupedChannels;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import java.util.List;

/** Channels that are split into groups, turned, and joined again: a channel shuffle in three nodes. */
final class ShuffledChannels {

    private static final List<Long> TURN = List.of(0L, 2L, 1L, 3L, 4L);

    private ShuffledChannels() {}

    /** Whether an image {@code [n, c, h, w]} becomes {@code [n, groups, c / groups, h, w]}. */
    static boolean isSplit(OnnxStep step, List<Long> target) throws CannotImportException {
        if (target.size() != TURN.size() || !step.layout(0).equals(Layout.NCHW) || step.type(0).flat()) {
            return false;
        }
        List<Integer> sizes = step.sizes(0);
        return target.get(0) == sizes.get(0).longValue() && target.get(1) > 1 && target.get(2) > 1
                && target.get(1) * target.get(2) == sizes.get(1) && target.get(3) == sizes.get(2).longValue()
                && target.get(4) == sizes.get(3).longValue();
    }

    /** The sizes of the axes in the model. */
    static List<Integer> sizes(OnnxStep step, GroupedChannels grouped) {
        List<Integer> image = step.sizes(grouped.image());
        int groupChannels = image.get(1) / grouped.groups();
        return List.of(image.get(0), grouped.isTurned() ? groupChannels : grouped.groups(),
                grouped.isTurned() ? grouped.groups() : groupChannels, image.get(2), image.get(3));
    }

    /** With both axes of the channels in the other order. */
    static OnnxResult turned(OnnxStep step, GroupedChannels grouped) throws CannotImportException {
        if (!step.integers("perm").orElse(List.of()).equals(TURN)) {
            throw new CannotImportException("it moves the axes of " + sizes(step, grouped),
                    "of channels in groups, only the two axes of the channels can change places");
        }
        return new GroupedChannels(grouped.image(), grouped.groups(), !grouped.isTurned());
    }

    /** With one axis of channels again. */
    static OnnxResult joined(OnnxStep step, GroupedChannels grouped, List<Long> target) throws CannotImportException {
        Activations image = grouped.image();
        if (!target.equals(step.sizes(image).stream().map(Integer::longValue).toList())) {
            throw new CannotImportException("it makes " + target + " of " + sizes(step, grouped), "");
        }
        return grouped.isTurned() ? step.add(new ShuffleChannels(grouped.groups()), image) : image;
    }
}
