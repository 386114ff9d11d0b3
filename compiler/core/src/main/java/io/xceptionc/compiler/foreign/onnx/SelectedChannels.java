package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.InputChannels;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import java.util.HashSet;
import java.util.List;

/** Channels of an image in another order. */
final class SelectedChannels {

    private SelectedChannels() {}

    /** What a node takes along an axis of what it reads first. */
    static OnnxResult along(OnnxStep step, int axis, List<Integer> places) throws CannotImportException {
        List<Integer> sizes = step.sizes(0);
        boolean isOrder = places.size() == sizes.get(axis) && new HashSet<>(places).size() == places.size()
                && places.stream().allMatch(place -> place >= 0 && place < places.size());
        if (isOrder && places.equals(places.stream().sorted().toList())) {
            return step.input(0);
        }
        if (!isOrder || axis != step.layout(0).channelAxis() || step.type(0).flat()) {
            throw new CannotImportException("it takes " + places.size() + " of " + sizes.get(axis) + " along axis "
                    + axis + " of " + sizes, "");
        }
        Activations image = step.activations(0);
        step.context().tensors().budget().take((long) places.size() * places.size());
        return step.add(InputChannels.selection(places.size(), places), image);
    }
}
