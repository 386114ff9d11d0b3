package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Factored;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Integers;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Pooled;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Repeated;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.SpreadGroups;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Stacked;
import io.xceptionc.compiler.format.onnx.OnnxNode;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.DepthToSpace;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.SpaceToDepth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Operators that move no number, or only into a vector. */
final class ShapeOperators {

    static final Map<String, Translation> ALL = Map.ofEntries(Map.entry("Identity", step -> same(step)),
            Map.entry("Dropout", ShapeOperators::dropout), Map.entry("Cast", ShapeOperators::cast),
            Map.entry("CastLike", step -> same(step)), Map.entry("Transpose", ShapeOperators::transpose),
            Map.entry("Flatten", ShapeOperators::flatten), Map.entry("Reshape", ShapeOperators::reshape),
            Map.entry("Squeeze", ShapeOperators::squeeze), Map.entry("Unsqueeze", ShapeOperators::unsqueeze),
            Map.entry("Gather", ShapeOperators::gather), Map.entry("Slice", ShapeOperators::slice),
            Map.entry("Split", SelectedChannels::split), Map.entry("DepthToSpace", ShapeOperators::depthToSpace),
            Map.entry("SpaceToDepth", ShapeOperators::spaceToDepth),
            Map.entry("Expand", ShapeOperators::expand), Map.entry("Tile", ShapeOperators::tile),
            Map.entry("Shape", ShapeOperators::shape),
            Map.entry("Size", ShapeOperators::size));

    /** FLOAT, FLOAT16, DOUBLE and BFLOAT16. */
    private static final Set<Long> FLOATS = Set.of(1L, 10L, 11L, 16L);

    /** INT32, INT64, UINT32 and UINT64, as which the numbers of classes may go on. */
    private static final Set<Long> WHOLES = Set.of(6L, 7L, 12L, 13L);
    private static final int MOST_COPIES = 1024;

    /** FLOAT16 and BFLOAT16. */
    private static final Set<Long> HALVES = Set.of(10L, 16L);

    private ShapeOperators() {}

    /** What it reads, as it is. */
    private static OnnxResult same(OnnxStep step) throws CannotImportException {
        return step.input(0) instanceof Pooled || step.input(0) instanceof Floats
                || step.input(0) instanceof Integers ? step.input(0) : step.activations(0);
    }

    private static OnnxResult dropout(OnnxStep step) throws CannotImportException {
        if (step.has(2) && (!(step.input(2) instanceof Integers(List<Integer> _, List<Long> values))
                || values.stream().anyMatch(value -> value != 0))) {
            throw new CannotImportException("it is in training mode, where it drops numbers at random",
                    OnnxStep.EXPORT_FOR_INFERENCE);
        }
        return same(step);
    }

    /** Of another precision, everything is computed in single precision all the same. */
    private static OnnxResult cast(OnnxStep step) throws CannotImportException {
        long type = step.integer("to", 1);
        if (WHOLES.contains(type) && step.input(0) instanceof Activations number
                && number.node().op() instanceof ReduceChannels(var kind) && kind == ReduceChannels.Kind.ARGMAX) {
            return number;
        }
        if (!FLOATS.contains(type)) {
            throw new CannotImportException("it makes numbers of another type (" + type + ") than FLOAT", "");
        }
        if (HALVES.contains(type)) {
            step.context().note("what the model computes in half precision is computed in single precision here");
        }
        return same(step);
    }

    private static OnnxResult transpose(OnnxStep step) throws CannotImportException {
        if (step.input(0) instanceof Factored factored) {
            return FactoredAxes.turned(step, factored);
        }
        Layout layout = step.layout(0);
        List<Integer> order = new ArrayList<>();
        for (long axis : step.integers("perm").orElse(List.of())) {
            order.add(Math.clamp(axis, -1, Byte.MAX_VALUE));
        }
        if (order.isEmpty()) {
            order = IntStream.range(0, layout.rank()).mapToObj(axis -> layout.rank() - 1 - axis).toList();
        }
        Layout next = layout.permuted(order);
        return step.input(0) instanceof Pooled(String name, var input, Layout _, var reduction)
                ? new Pooled(name, input, next, reduction)
                : new Activations(step.activations(0).node(), next);
    }

    /** {@code [n, c * b * b, h, w] -> [n, c, h * b, w * b]}. */
    private static OnnxResult depthToSpace(OnnxStep step) throws CannotImportException {
        String mode = step.opset() < 11 ? "DCR" : step.text("mode", "DCR");
        return step.add(new DepthToSpace(block(step), switch (mode) {
            case "DCR" -> PixelOrder.TENSORFLOW;
            case "CRD" -> PixelOrder.PYTORCH;
            default -> throw new CannotImportException("its mode is unknown", "DCR and CRD are known");
        }), step.image(0));
    }

    /** {@code [n, c, h * b, w * b] -> [n, b * b * c, h, w]}. */
    private static OnnxResult spaceToDepth(OnnxStep step) throws CannotImportException {
        return step.add(new SpaceToDepth(block(step), PixelOrder.TENSORFLOW), step.image(0));
    }

    private static int block(OnnxStep step) throws CannotImportException {
        long block = step.integer("blocksize", 0);
        if (block < 1 || block > ConvTranspose2d.LARGEST_STRIDE) {
            throw new CannotImportException(
                    "its blocksize is " + block + ", not 1 to " + ConvTranspose2d.LARGEST_STRIDE,
                    "");
        }
        return (int) block;
    }

    private static OnnxResult flatten(OnnxStep step) throws CannotImportException {
        List<Integer> sizes = step.sizes(0);
        long axis = step.integer("axis", 1);
        int from = Math.clamp(axis < 0 ? axis + sizes.size() : axis, 0, sizes.size());
        return reshaped(step, List.of(product(sizes.subList(0, from)), product(sizes.subList(from, sizes.size()))));
    }

    private static long product(List<Integer> sizes) {
        return sizes.stream().mapToLong(size -> size).reduce(1, Math::multiplyExact);
    }

    private static OnnxResult reshape(OnnxStep step) throws CannotImportException {
        if (step.input(0) instanceof SpreadGroups(Activations inner, int _)) {
            return ofGroups(step, inner);
        }
        List<Integer> sizes = step.input(0) instanceof Factored factored
                ? FactoredAxes.sizes(factored)
                : step.sizes(0);
        List<Long> wanted = new ArrayList<>(step.opset() < 5
                ? step.integers("shape").orElse(List.of())
                : step.wholes(1, "sizes"));
        for (int axis = 0; axis < wanted.size() && axis < sizes.size(); axis++) {
            if (wanted.get(axis) == 0 && step.integer("allowzero", 0) == 0) {
                wanted.set(axis, (long) sizes.get(axis));
            }
        }
        List<Long> next = inferred(wanted, product(sizes));
        if (step.input(0) instanceof Factored factored) {
            return FactoredAxes.joined(step, factored, next);
        }
        if (isSpread(step, sizes, next)) {
            return new SpreadGroups(step.activations(0), Math.toIntExact(next.get(1)));
        }
        Optional<Reshaping> reshaping =
                Reshaping.of(step.layout(0), step.context().batch(), step.type(0), next);
        Optional<Factored> factored = reshaping.isPresent() ? Optional.empty() : FactoredAxes.cut(step, next);
        return factored.isPresent() ? factored.get() : reshaped(step, next);
    }

    /** Whether channels become groups of all their pixels, which a norm reads. */
    private static boolean isSpread(OnnxStep step, List<Integer> sizes, List<Long> next) throws CannotImportException {
        List<OnnxNode> readers = step.context().wiring().readers(step.node().outputs().getFirst());
        return step.layout(0).channelAxis() == 1 && next.size() >= 3 && next.getFirst() == sizes.getFirst().longValue()
                && next.get(1) > 0 && sizes.get(1) % next.get(1) == 0 && !readers.isEmpty()
                && readers.stream().allMatch(reader -> reader.operator().equals("InstanceNormalization"));
    }

    /** Groups of all their pixels become the value that they were. */
    private static OnnxResult ofGroups(OnnxStep step, Activations inner) throws CannotImportException {
        List<Integer> sizes = step.sizes(inner);
        List<Long> wanted = new ArrayList<>(step.wholes(1, "sizes"));
        if (wanted.size() == sizes.size() && step.integer("allowzero", 0) == 0) {
            IntStream.range(0, sizes.size()).filter(axis -> wanted.get(axis) == 0 && axis == 0)
                    .forEach(axis -> wanted.set(axis, (long) sizes.get(axis)));
        }
        if (!inferred(wanted, product(sizes)).equals(sizes.stream().map(Integer::longValue).toList())) {
            throw new CannotImportException("it makes " + wanted + " of the groups of " + sizes, "");
        }
        return inner;
    }

    private static OnnxResult reshaped(OnnxStep step, List<Long> sizes) throws CannotImportException {
        Optional<Reshaping> reshaping =
                Reshaping.of(step.layout(0), step.context().batch(), step.type(0), sizes);
        if (reshaping.isEmpty()) {
            throw new CannotImportException("it makes " + sizes + " of " + step.sizes(0),
                    "axes of size 1 may come and go, height and width become one, or all of an image a vector");
        }
        return reshaping.get().flattens()
                ? step.add(new Flatten(reshaping.get().channelsFirst()), reshaping.get().layout(),
                        step.activations(0).node())
                : step.withLayout(reshaping.get().layout());
    }

    /** With the size that -1 stands for. */
    static List<Long> inferred(List<Long> wanted, long count) throws CannotImportException {
        int open = wanted.indexOf(-1L);
        if (open < 0) {
            return wanted;
        }
        List<Long> next = new ArrayList<>(wanted);
        next.set(open, 1L);
        long known = 1;
        for (long size : next) {
            if (size < 1 || size > count / known) {
                throw new CannotImportException("it makes " + wanted + " of " + count + " numbers", "");
            }
            known *= size;
        }
        next.set(open, count / known);
        return next;
    }

    private static List<Long> axes(OnnxStep step) throws CannotImportException {
        return step.has(1) ? step.wholes(1, "axes") : step.integers("axes").orElse(List.of());
    }

    private static OnnxResult squeeze(OnnxStep step) throws CannotImportException {
        List<Integer> sizes = step.sizes(0);
        TreeSet<Integer> squeezed = new TreeSet<>();
        for (long axis : axes(step)) {
            squeezed.add(OnnxStep.axis(axis, sizes.size()));
        }
        if (axes(step).isEmpty()) {
            IntStream.range(0, sizes.size()).filter(axis -> sizes.get(axis) == 1).forEach(squeezed::add);
        }
        if (squeezed.stream().anyMatch(axis -> sizes.get(axis) != 1)) {
            throw new CannotImportException("it takes the axes " + squeezed + " out of " + sizes, "");
        }
        return without(step, squeezed);
    }

    private static OnnxResult without(OnnxStep step, NavigableSet<Integer> axes) throws CannotImportException {
        Layout layout = step.layout(0);
        for (int axis : axes.descendingSet()) {
            layout = layout.without(axis);
        }
        return step.withLayout(layout);
    }

    private static OnnxResult unsqueeze(OnnxStep step) throws CannotImportException {
        Layout layout = step.layout(0);
        TreeSet<Integer> added = new TreeSet<>();
        for (long axis : axes(step)) {
            added.add(OnnxStep.axis(axis, layout.rank() + axes(step).size()));
        }
        for (int axis : added) {
            layout = layout.withOne(axis);
        }
        return step.withLayout(layout);
    }

    /** Of the only place of an axis, which it takes away then. */
    private static OnnxResult gather(OnnxStep step) throws CannotImportException {
        if (step.input(0) instanceof Stacked stack && ConstantShapes.shape(step.input(1)).isEmpty()) {
            int place = Math.toIntExact(step.wholes(1, "indices").getFirst());
            return Stacks.taken(stack, OnnxStep.axis(step.integer("axis", 0), stack.rank()),
                    place < 0 ? place + stack.parts().size() : place);
        }
        List<Integer> sizes = step.sizes(0);
        int axis = OnnxStep.axis(step.integer("axis", 0), sizes.size());
        List<Long> places = step.wholes(1, "indices");
        boolean drops = ConstantShapes.shape(step.input(1)).isEmpty();
        int size = sizes.get(axis);
        List<Integer> taken = places.stream().map(place -> (int) (place < 0 ? place + size : place)).toList();
        List<Integer> shape = ConstantShapes.shape(step.input(1));
        if (sizes.size() == 1 && shape.size() > 1 && taken.equals(IntStream.range(0, size).boxed().toList())) {
            return reshapedAll(step, shape);
        }
        if (drops && size == 1 && taken.equals(List.of(0))) {
            return without(step, new TreeSet<>(List.of(axis)));
        }
        if (drops) {
            throw new CannotImportException("it takes one of " + size + " along axis " + axis + " of " + sizes, "");
        }
        return SelectedChannels.along(step, axis, taken);
    }

    /**
     * All numbers in their order in another shape, as PyTorch has it for {@code as_strided}; the first axis of one is
     * the batch.
     */
    private static OnnxResult reshapedAll(OnnxStep step, List<Integer> shape) throws CannotImportException {
        Layout layout = step.layout(0);
        boolean hasLostBatch = step.context().batch() == 1 && layout.axes().indexOf('N') < 0;
        OnnxStep whole = hasLostBatch ? step.reading(step.withLayout(new Layout("N" + layout.axes()))) : step;
        return reshaped(whole, shape.stream().map(Integer::longValue).toList());
    }

    private static OnnxResult slice(OnnxStep step) throws CannotImportException {
        List<Integer> sizes = step.sizes(0);
        Layout layout = step.layout(0);
        Padding margins = Padding.NONE;
        OnnxResult result = step.input(0);
        for (ConstantShapes.Cut cut : ConstantShapes.Cut.of(step, sizes.size())) {
            int size = sizes.get(cut.axis());
            List<Integer> taken = cut.places(size);
            if (taken.equals(IntStream.range(0, size).boxed().toList())) {
                continue;
            }
            boolean cutsImage = cut.axis() == layout.rowAxis() || cut.axis() == layout.columnAxis();
            if (cutsImage && isOneRun(taken)) {
                margins = margins
                        .plus(margins(cut.axis() == layout.rowAxis(), taken.getFirst(), size - 1 - taken.getLast()));
            } else {
                result = SelectedChannels.along(step.reading(result), cut.axis(), taken);
            }
        }
        return margins.equals(Padding.NONE) ? result : cropped(step.reading(result), margins);
    }

    private static boolean isOneRun(List<Integer> taken) {
        return !taken.isEmpty()
                && taken.equals(IntStream.rangeClosed(taken.getFirst(), taken.getLast()).boxed().toList());
    }

    private static Padding margins(boolean ofRows, int before, int after) {
        return ofRows ? new Padding(before, after, 0, 0) : new Padding(0, 0, before, after);
    }

    private static OnnxResult cropped(OnnxStep step, Padding margins) throws CannotImportException {
        return step.add(new Crop2d(margins), step.activations(0));
    }

    private static OnnxResult expand(OnnxStep step) throws CannotImportException {
        List<Integer> sizes = step.sizes(0);
        List<Integer> next =
                Broadcast.shape(sizes, step.wholes(1, "sizes").stream().map(Math::toIntExact).toList());
        if (next.equals(sizes)) {
            return same(step);
        }
        Optional<Factored> repeated = FactoredAxes.repeated(step, next);
        return repeated.isPresent() ? repeated.get() : new Repeated(step.activations(0), next);
    }

    private static OnnxResult tile(OnnxStep step) throws CannotImportException {
        List<Integer> sizes = step.sizes(0);
        List<Long> repeats = step.wholes(1, "repeats");
        if (repeats.size() != sizes.size() || repeats.stream().anyMatch(count -> count < 1 || count > MOST_COPIES)) {
            throw new CannotImportException("it repeats " + sizes + " by " + repeats, "");
        }
        List<Integer> next = IntStream.range(0, sizes.size())
                .mapToObj(axis -> (int) Math.min(sizes.get(axis) * repeats.get(axis), Integer.MAX_VALUE)).toList();
        if (next.equals(sizes)) {
            return same(step);
        }
        return FactoredAxes.repeated(step, next).orElseThrow(
                () -> new CannotImportException("it repeats " + sizes + " by " + repeats,
                        "only rows and columns one by one can be repeated"));
    }

    private static OnnxResult shape(OnnxStep step) throws CannotImportException {
        List<Long> sizes = (step.input(0) instanceof Factored factored ? FactoredAxes.sizes(factored) : step.sizes(0))
                .stream().map(Integer::longValue).toList();
        int from = end(step.integer("start", 0), sizes.size());
        int to = end(step.integer("end", sizes.size()), sizes.size());
        return Integers.ofList(from < to ? sizes.subList(from, to) : List.of());
    }

    private static OnnxResult size(OnnxStep step) throws CannotImportException {
        return new Integers(List.of(), List.of(product(step.sizes(0))));
    }

    private static int end(long index, int rank) {
        return Math.clamp(index < 0 ? index + rank : index, 0, rank);
    }
}
