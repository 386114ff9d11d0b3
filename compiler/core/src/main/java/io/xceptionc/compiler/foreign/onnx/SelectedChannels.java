package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.InputChannels;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Several;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.SliceChannels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

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
        if (!isOrder && axis == step.layout(0).channelAxis() && isRun(places, sizes.get(axis))) {
            return step.add(new SliceChannels(places.getFirst(), places.size()), step.activations(0));
        }
        Optional<Pad2d> mirrored = isOrder ? Optional.empty() : MirroredPixels.pad(step, axis, places);
        if (mirrored.isPresent()) {
            return step.add(mirrored.get(), step.activations(0));
        }
        if (!isOrder || axis != step.layout(0).channelAxis() || step.type(0).flat()) {
            throw new CannotImportException("it takes " + places.size() + " of " + sizes.get(axis) + " along axis "
                    + axis + " of " + sizes, "");
        }
        Activations image = step.activations(0);
        step.context().tensors().budget().take((long) places.size() * places.size());
        return step.add(InputChannels.selection(places.size(), places), image);
    }

    /** Neighbouring parts along an axis: of given sizes, or as even as they can be. */
    static OnnxResult split(OnnxStep step) throws CannotImportException {
        List<Integer> sizes = step.sizes(0);
        int axis = OnnxStep.axis(step.integer("axis", 0), sizes.size());
        List<OnnxResult> parts = new ArrayList<>();
        int from = 0;
        for (long size : partSizes(step, sizes.get(axis))) {
            parts.add(along(step, axis, IntStream.range(from, from + (int) size).boxed().toList()));
            from += (int) size;
        }
        return new Several(parts);
    }

    private static List<Long> partSizes(OnnxStep step, int size) throws CannotImportException {
        int count = step.node().outputs().size();
        long even = Math.ceilDiv(size, count);
        List<Long> given = step.has(1) ? step.wholes(1, "sizes") : step.integers("split").orElse(List.of());
        List<Long> sizes = given.isEmpty()
                ? LongStream.range(0, count).map(part -> Math.min(even, size - part * even)).boxed().toList()
                : given;
        if (sizes.size() != count || sizes.stream().anyMatch(part -> part < 1 || part > size)
                || sizes.stream().mapToLong(part -> part).sum() != size) {
            throw new CannotImportException("it splits " + size + " into " + sizes + " for " + count + " results", "");
        }
        return sizes;
    }

    /** Whether they are neighbours, in order. */
    private static boolean isRun(List<Integer> places, int size) {
        return !places.isEmpty() && places.getFirst() >= 0 && places.getLast() < size
                && places.equals(IntStream.rangeClosed(places.getFirst(), places.getLast()).boxed().toList());
    }
}
