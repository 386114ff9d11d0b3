package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.ChannelScales;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Neighbours;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.PaddedChannels;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.PaddedForMaximum;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Quotient;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Root;
import io.xceptionc.compiler.format.onnx.OnnxNode;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Average;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.Maximum;
import io.xceptionc.compiler.graph.op.Minimum;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Subtract;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Sums, joins and borders; factors and summands of channels, which become scales or biases. */
final class ArithmeticOperators {

    static final Map<String, Translation> ALL = Map.ofEntries(Map.entry("Add", ArithmeticOperators::add),
            Map.entry("Sum", merge(new Add(), "adds")), Map.entry("Sub", ArithmeticOperators::subtract),
            Map.entry("Mul", ArithmeticOperators::multiply), Map.entry("Div", ArithmeticOperators::divide),
            Map.entry("Max", step -> bounded(step, new Maximum())),
            Map.entry("Min", step -> bounded(step, new Minimum())),
            Map.entry("Mean", merge(new Average(), "averages")), Map.entry("Concat", ArithmeticOperators::concat),
            Map.entry("Pad", ArithmeticOperators::pad),
            Map.entry("Neg", step -> scaled(step, step.activations(0), -1)));

    /** Operators that yield what they read if their attributes say no more. */
    private static final Set<String> MAY_ONLY_RENAME =
            Set.of("Identity", "Dropout", "Pad", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Cast",
                    "Slice", "Split", "Gather", "Expand", "Tile", "Concat", "Sum", "Mean");

    /** Further from zero, a number stands for one that no maximum or minimum takes. */
    private static final float LARGEST_PADDING = 1e30f;

    /** Padding of channels is less than that. */
    private static final int LARGEST_SIZE = 1 << 15;

    private ArithmeticOperators() {}

    private static OnnxResult add(OnnxStep step) throws CannotImportException, InvalidInputException {
        if (reads(step, Neighbours.class)) {
            return ResponseNorms.added(step);
        }
        for (int index = 0; index < 2; index++) {
            if (step.input(index) instanceof Floats constant) {
                return step.input(1 - index) instanceof Quotient quotient
                        ? Roots.shifted(quotient, constant, quotient.sign())
                        : shifted(step, 1 - index, constant);
            }
        }
        return reads(step, Quotient.class) ? Roots.added(step, 1) : Merging.of(step, new Add(), "adds");
    }

    private static boolean reads(OnnxStep step, Class<? extends OnnxResult> kind) {
        return step.inputs().stream().anyMatch(kind::isInstance);
    }

    private static Translation merge(Op op, String does) {
        return step -> Merging.of(step, op, does);
    }

    /** Constants that are one number, for all elements, are bounds. */
    private static OnnxResult bounded(OnnxStep step, Op op) throws CannotImportException, InvalidInputException {
        List<OnnxResult> values = step.inputs().stream().filter(input -> !(input instanceof Floats)).toList();
        if (values.size() == step.inputs().size()) {
            return Merging.of(step, op, "compares");
        }
        boolean isMaximum = op instanceof Maximum;
        float bound = isMaximum ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        for (int index = 0; index < step.inputs().size(); index++) {
            if (step.input(index) instanceof Floats) {
                float number = ConstantNumbers.uniform(step, index);
                bound = isMaximum ? Math.max(bound, number) : Math.min(bound, number);
            }
        }
        float floor = isMaximum ? bound : Float.NEGATIVE_INFINITY;
        float ceiling = isMaximum ? Float.POSITIVE_INFINITY : bound;
        if (values.size() == 1 && values.getFirst() instanceof Root root) {
            return Roots.bounded(root, floor, ceiling);
        }
        OnnxStep rest = new OnnxStep(step.node(), values, step.context());
        OnnxResult merged = values.size() == 1 ? values.getFirst() : Merging.of(rest, op, "compares");
        return ActivationOperators.activate(step.reading(merged), Activation.clamp(floor, ceiling));
    }

    /** A value plus a constant: the bias of the layer before it, if that has none and nobody else reads it. */
    private static OnnxResult shifted(OnnxStep step, int index, Floats constant)
            throws CannotImportException, InvalidInputException {
        Activations input = step.activations(index);
        boolean isRead = isReadElsewhere(step, index);
        if (!isRead && input.node().op() instanceof Convolution op && op.bias().isEmpty()) {
            Optional<Tensor> bias = Optional.of(channels(step, constant, input, "shift", 1));
            return step.context().add(input.node().name(), op.withWeights(op.kernel(), bias), input.node().inputs(),
                    input.layout());
        }
        return affine(step, input, index, Optional.empty(),
                Optional.of(channels(step, constant, input, "shift", 1)));
    }

    /** Whether others than this node read what a layer yields, under any of the names that it has had since. */
    private static boolean isReadElsewhere(OnnxStep step, int index) {
        Wiring wiring = step.context().wiring();
        String value = step.node().inputs().get(index);
        while (wiring.isReadOnce(value)) {
            Optional<OnnxNode> renaming =
                    wiring.producer(value).filter(node -> MAY_ONLY_RENAME.contains(node.operator()));
            if (renaming.isEmpty()) {
                return false;
            }
            value = renaming.get().inputs().getFirst();
        }
        return true;
    }

    private static OnnxResult subtract(OnnxStep step) throws CannotImportException, InvalidInputException {
        if (step.input(0) instanceof Floats constant && step.input(1) instanceof Quotient quotient) {
            return Roots.shifted(quotient, constant, -quotient.sign());
        }
        if (step.input(0) instanceof Floats constant) {
            Activations input = step.activations(1);
            Floats minusOne = new Floats(constant.name(), List.of(), () -> new float[] {-1});
            return affine(step, input, 1, Optional.of(channels(step, minusOne, input, "minus", 1)),
                    Optional.of(channels(step, constant, input, "shift", 1)));
        }
        if (step.input(1) instanceof Floats constant) {
            Activations input = step.activations(0);
            return affine(step, input, 0, Optional.empty(),
                    Optional.of(channels(step, constant, input, "negated", -1)));
        }
        return reads(step, Quotient.class)
                ? Roots.added(step, -1)
                : Merging.of(step, new Subtract(), "subtracts");
    }

    private static OnnxResult multiply(OnnxStep step) throws CannotImportException, InvalidInputException {
        if (reads(step, Neighbours.class)) {
            return ResponseNorms.multiplied(step);
        }
        if (reads(step, Root.class)) {
            return Roots.multiplied(step);
        }
        if (!(step.input(0) instanceof Floats) && !(step.input(1) instanceof Floats)) {
            return Merging.of(step, new Multiply(), "multiplies");
        }
        int index = step.input(0) instanceof Floats ? 1 : 0;
        Activations input = step.activations(index);
        Floats factors = step.floats(1 - index, "factors");
        return affine(step, input, index, Optional.of(channels(step, factors, input, "scale", 1)), Optional.empty());
    }

    private static OnnxResult divide(OnnxStep step) throws CannotImportException, InvalidInputException {
        if (step.input(1) instanceof Neighbours sum) {
            return ResponseNorms.divided(step, sum);
        }
        if (reads(step, Root.class)) {
            return Roots.divided(step);
        }
        Activations input = step.activations(0);
        Floats divisors = step.floats(1, "divisors");
        requireChannels(divisors, input);
        int count = input.type().channels();
        Tensor factors = step.context().tensors().tensor(divisors, TensorRole.GAMMA, "inverse" + count, List.of(count),
                numbers -> {
                    float[] inverse = new float[count];
                    for (int c = 0; c < count; c++) {
                        inverse[c] = 1 / numbers[numbers.length == 1 ? 0 : c];
                    }
                    return inverse;
                });
        return affine(step, input, 0, Optional.of(factors), Optional.empty());
    }

    /** A value times a number. */
    static OnnxResult scaled(OnnxStep step, Activations input, float factor)
            throws CannotImportException, InvalidInputException {
        Floats number = new Floats("times " + factor, List.of(), () -> new float[] {factor});
        return step.add(ChannelScales.of(Optional.of(channels(step, number, input, "scale", 1)), Optional.empty()),
                input);
    }

    /**
     * {@code y[c] = scale[c] * x[c] + shift[c]}: by what has yielded {@code x}, if that can and nobody else reads it.
     */
    private static OnnxResult affine(OnnxStep step, Activations input, int index, Optional<Tensor> scale,
            Optional<Tensor> shift) throws CannotImportException {
        boolean isRead = isReadElsewhere(step, index);
        Optional<Op> both = isRead ? Optional.empty() : ScaledNorms.of(input.node().op(), scale, shift);
        return both.isPresent()
                ? step.context().add(nameOfBoth(step, input), both.get(), input.node().inputs(), input.layout())
                : step.add(ChannelScales.of(scale, shift), input);
    }

    /** That of the first of both, unless it is called as a part of the second. */
    private static String nameOfBoth(OnnxStep step, Activations input) {
        String first = input.node().name();
        return first.startsWith(step.node().name() + "/") ? step.context().names().of(step.node()) : first;
    }

    /** A constant as one number for each channel. */
    static Tensor channels(OnnxStep step, Floats constant, Activations input, TensorRole role)
            throws CannotImportException, InvalidInputException {
        return channels(step, constant, input, role.name(), 1);
    }

    /** A constant, times a sign, as one number for each channel. */
    private static Tensor channels(OnnxStep step, Floats constant, Activations input, String use, int sign)
            throws CannotImportException, InvalidInputException {
        requireChannels(constant, input);
        int count = input.type().channels();
        return step.context().tensors().tensor(constant, TensorRole.BETA, use + count, List.of(count), numbers -> {
            float[] channels = new float[count];
            for (int c = 0; c < count; c++) {
                channels[c] = sign * numbers[numbers.length == 1 ? 0 : c];
            }
            return channels;
        });
    }

    /** A constant must be one number, or have one for each channel and no other axis. */
    private static void requireChannels(Floats constant, Activations input) throws CannotImportException {
        List<Integer> shape = constant.shape();
        int rank = input.layout().rank();
        boolean fits = shape.size() <= rank;
        for (int axis = 0; fits && axis < shape.size(); axis++) {
            boolean isChannelAxis = axis + rank - shape.size() == input.layout().channelAxis();
            fits = shape.get(axis) == 1 || (isChannelAxis && shape.get(axis) == input.type().channels());
        }
        if (!fits) {
            throw new CannotImportException("its constant has the shape " + shape + ", the value that it changes "
                    + input.type(), "only one number, or one for each channel, is known");
        }
    }

    private static OnnxResult concat(OnnxStep step) throws CannotImportException {
        Activations first = step.activations(0);
        List<Node> parts = new ArrayList<>();
        int axis = OnnxStep.axis(step.integer("axis", 1), first.layout().rank());
        Optional<OnnxResult> grid = axis == first.layout().channelAxis() ? Optional.empty() : grid(step, axis);
        if (grid.isPresent()) {
            return grid.get();
        }
        long channels = 0;
        for (int index = 0; index < step.inputs().size(); index++) {
            Activations part = step.activations(index);
            if (!part.layout().equals(first.layout()) || axis != first.layout().channelAxis()) {
                throw new CannotImportException("it joins along axis " + axis + " of " + step.sizes(first),
                        "only channels are joined");
            }
            parts.add(part.node());
            channels += part.type().channels();
        }
        if (channels > TensorType.LARGEST_ELEMENT_COUNT) {
            throw new CannotImportException("it joins " + channels + " channels", "");
        }
        return parts.size() == 1 ? first : step.add(new Concat(), first.layout(), parts.toArray(Node[]::new));
    }

    private static Optional<OnnxResult> grid(OnnxStep step, int axis) throws CannotImportException {
        List<Activations> values = new ArrayList<>();
        for (int index = 0; index < step.inputs().size(); index++) {
            values.add(step.activations(index));
        }
        Optional<OnnxResult> strips = Strips.joined(step, values, axis);
        return strips.isPresent() ? strips : Stacks.joined(values, axis);
    }

    private static OnnxResult pad(OnnxStep step) throws CannotImportException, InvalidInputException {
        Activations input = step.activations(0);
        int rank = input.layout().rank();
        List<Long> pads = step.opset() < 11
                ? step.integers("pads").orElse(List.of())
                : step.wholes(1, "pads");
        List<Long> axes = step.has(3) ? step.wholes(3, "axes") : null;
        long[] all = new long[2 * rank];
        int count = axes == null ? rank : axes.size();
        if (pads.size() != 2 * count) {
            throw new CannotImportException("it has " + pads.size() + " pads for " + count + " axes", "");
        }
        for (int i = 0; i < count; i++) {
            int axis = axes == null ? i : OnnxStep.axis(axes.get(i), rank);
            all[axis] = pads.get(i);
            all[axis + rank] = pads.get(i + count);
        }
        return Arrays.stream(all).allMatch(pad -> pad == 0) ? input : padded(step, input, all);
    }

    private static OnnxResult padded(OnnxStep step, Activations input, long[] pads)
            throws CannotImportException, InvalidInputException {
        int rank = input.layout().rank();
        int rows = input.layout().rowAxis();
        int columns = input.layout().columnAxis();
        Optional<OnnxResult> channels = paddedChannels(step, input, pads);
        if (channels.isPresent()) {
            return channels.get();
        }
        for (int i = 0; i < pads.length; i++) {
            if (pads[i] != 0 && (!input.layout().isImage() || (i % rank != rows && i % rank != columns))) {
                throw new CannotImportException("it pads other axes than height and width", "");
            }
        }
        List<Long> sides = List.of(pads[rows], pads[columns], pads[rows + rank], pads[columns + rank]);
        Padding padding = Windows.explicit(sides.stream().map(side -> Math.max(side, 0)).toList());
        Padding margins = Windows.explicit(sides.stream().map(side -> Math.max(-side, 0)).toList());
        if (!margins.equals(Padding.NONE)) {
            return cropped(step, input, margins, padding);
        }
        float value = step.opset() < 11 ? step.bound("value", 0) : step.scalar(2, "padding").orElse(0f);
        String mode = step.text("mode", "constant");
        if (!mode.equals("constant")) {
            return step.add(new Pad2d(padding, mode(mode), 0), input);
        }
        if (value != 0 && Math.abs(value) <= LARGEST_PADDING) {
            return step.add(new Pad2d(padding, Pad2d.Mode.CONSTANT, value), input);
        }
        if (value != 0 && value > -Float.MAX_VALUE) {
            throw new CannotImportException("it pads by " + value, "no network computes with that");
        }
        return value == 0 ? step.add(new ZeroPad2d(padding), input) : forMaximum(step, input, padding);
    }

    /** Zeros before and after the channels, over which a mean slides. */
    private static Optional<OnnxResult> paddedChannels(OnnxStep step, Activations input, long[] pads)
            throws CannotImportException, InvalidInputException {
        int before = input.layout().channelAxis();
        int after = before + input.layout().rank();
        boolean isOfChannels = before >= 0 && IntStream.range(0, pads.length)
                .allMatch(i -> pads[i] == 0 || ((i == before || i == after) && pads[i] > 0 && pads[i] < LARGEST_SIZE));
        boolean isPooled = step.context().wiring().readers(step.node().outputs().getFirst()).stream()
                .allMatch(reader -> reader.operator().equals("AveragePool"));
        float value = step.opset() < 11 ? step.bound("value", 0) : step.scalar(2, "padding").orElse(0f);
        return isOfChannels && isPooled && value == 0 && step.text("mode", "constant").equals("constant")
                ? Optional.of(new PaddedChannels(input, (int) pads[before], (int) pads[after]))
                : Optional.empty();
    }

    /** Pads below zero take rows and columns away; where others stand beside them, those are of the same constant. */
    private static OnnxResult cropped(OnnxStep step, Activations input, Padding margins, Padding padding)
            throws CannotImportException, InvalidInputException {
        if (!step.text("mode", "constant").equals("constant")) {
            throw new CannotImportException("it takes rows or columns away, and mirrors or repeats others", "");
        }
        Activations cropped = step.add(new Crop2d(margins), input);
        long[] rest = new long[2 * input.layout().rank()];
        rest[input.layout().rowAxis()] = padding.top();
        rest[input.layout().columnAxis()] = padding.left();
        rest[input.layout().rowAxis() + input.layout().rank()] = padding.bottom();
        rest[input.layout().columnAxis() + input.layout().rank()] = padding.right();
        return padding.equals(Padding.NONE) ? cropped : padded(step, cropped, rest);
    }

    private static Pad2d.Mode mode(String mode) throws CannotImportException {
        return switch (mode) {
            case "reflect" -> Pad2d.Mode.REFLECT;
            case "edge" -> Pad2d.Mode.EDGE;
            default -> throw new CannotImportException("its mode is " + Quotation.of(mode),
                    "only constant, reflect and edge are known");
        };
    }

    /** Of what is less than all numbers, a maximum takes nothing. */
    private static OnnxResult forMaximum(OnnxStep step, Activations input, Padding padding)
            throws CannotImportException {
        String name = step.node().outputs().getFirst();
        if (!step.context().wiring().readers(name).stream().allMatch(node -> node.operator().equals("MaxPool"))
                || !input.layout().equals(Layout.NCHW)) {
            throw new CannotImportException("it pads by -infinity what others than maximums read", "");
        }
        return new PaddedForMaximum(input, padding);
    }
}
