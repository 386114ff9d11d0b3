package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.PaddedChannels;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.PaddedForMaximum;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Pooled;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Stacked;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Average;
import io.xceptionc.compiler.graph.op.Maximum;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Maximum and mean, under windows and of whole images. */
final class PoolOperators {

    static final Map<String, Translation> ALL =
            Map.of("MaxPool", step -> pool(step, Reduction.MAX), "AveragePool", step -> pool(step, Reduction.MEAN),
                    "GlobalMaxPool", step -> global(step, Reduction.MAX), "GlobalAveragePool",
                    step -> global(step, Reduction.MEAN), "ReduceMax", step -> reduce(step, Reduction.MAX),
                    "ReduceMean", step -> reduce(step, Reduction.MEAN), "ReduceSum", PoolOperators::sum, "ArgMax",
                    PoolOperators::greatest);

    private PoolOperators() {}

    private static OnnxResult pool(OnnxStep step, Reduction reduction) throws CannotImportException {
        if (step.input(0) instanceof PaddedChannels padded && reduction == Reduction.MEAN) {
            return ResponseNorms.pooled(step, padded);
        }
        boolean isPadded = reduction == Reduction.MAX && step.input(0) instanceof PaddedForMaximum;
        Activations input = isPadded ? ((PaddedForMaximum) step.input(0)).image() : step.image(0);
        Padding border = isPadded ? ((PaddedForMaximum) step.input(0)).border() : Padding.NONE;
        Window window = Windows.of(step, TensorType.image(input.type().height() + border.top() + border.bottom(),
                input.type().width() + border.left() + border.right(), input.type().channels()));
        window = window.withPadding(window.padding().plus(border));
        if (reduction == Reduction.MEAN && (window.dilationHeight() != 1 || window.dilationWidth() != 1)) {
            throw new CannotImportException("its window has dilations", "only those of maxima may have some");
        }
        boolean countsPadding = reduction == Reduction.MEAN && step.integer("count_include_pad", 0) != 0
                && !window.padding().equals(Padding.NONE);
        if (step.integer("ceil_mode", 0) != 0) {
            Window rounded = roundedUp(window, input.type());
            if (countsPadding && !rounded.equals(window)) {
                return countingPadding(step, input, window.padding(), rounded);
            }
            window = rounded;
        }
        return step.add(new Pool2d(reduction, window, countsPadding), input);
    }

    /** Padding counts, but what a last window passes it by does not: as zeros of the image, and padding. */
    private static OnnxResult countingPadding(OnnxStep step, Activations input, Padding counted, Window window)
            throws CannotImportException {
        Activations padded = step.add(new ZeroPad2d(counted), input);
        Padding all = window.padding();
        Window beyond = window.withPadding(new Padding(0, all.bottom() - counted.bottom(), 0,
                all.right() - counted.right()));
        return step.add(new Pool2d(Reduction.MEAN, beyond, false), padded);
    }

    /**
     * The window with as much more padding at the end as yields what rounding up yields; that padding counts for
     * nothing.
     */
    private static Window roundedUp(Window window, TensorType image) {
        Padding padding = window.padding();
        int rows = spare(image.height(), padding.top(), padding.bottom(), window.extentHeight(),
                window.strideHeight());
        int columns = spare(image.width(), padding.left(), padding.right(), window.extentWidth(),
                window.strideWidth());
        return window.withPadding(padding.plus(new Padding(0, rows, 0, columns)));
    }

    /** What the last window passes the end by; none begins after the image, as in PyTorch. */
    private static int spare(int size, int before, int after, int extent, int stride) {
        int slack = size + before + after - extent;
        if (slack < 0 || slack % stride == 0) {
            return 0;
        }
        int last = Math.ceilDiv(slack, stride);
        return last * stride >= size + before ? 0 : last * stride - slack;
    }

    private static OnnxResult global(OnnxStep step, Reduction reduction) throws CannotImportException {
        Activations input = step.image(0);
        return new Pooled(step.context().names().of(step.node()), input.node(), input.layout(), reduction);
    }

    /** Height and width at once, or one after the other; axes of size 1 may be among them. */
    private static OnnxResult reduce(OnnxStep step, Reduction reduction) throws CannotImportException {
        if (step.input(0) instanceof Stacked stack) {
            return Stacks.combined(step, stack, axes(step, stack.rank()),
                    reduction == Reduction.MAX ? new Maximum() : new Average());
        }
        Layout layout = step.layout(0);
        NavigableSet<Integer> axes = axes(step, layout.rank());
        List<Integer> sizes = step.sizes(0);
        StringBuilder reduced = new StringBuilder();
        axes.stream().filter(axis -> sizes.get(axis) != 1).forEach(axis -> reduced.append(layout.axes().charAt(axis)));
        OnnxResult result = reduced.isEmpty() ? step.input(0) : reduced(step, reduction, reduced.toString());
        if (step.integer("keepdims", 1) != 0) {
            return reduced.indexOf("P") < 0
                    ? result
                    : step.reading(result).withLayout(new Layout(layout.axes().replace('P', '1')));
        }
        Layout without = layout;
        for (int axis : axes.descendingSet()) {
            without = without.without(axis);
        }
        return step.reading(result).withLayout(without);
    }

    /** The mean times the number of what is added. */
    private static OnnxResult sum(OnnxStep step) throws CannotImportException, InvalidInputException {
        if (step.input(0) instanceof Stacked stack) {
            return Stacks.combined(step, stack, axes(step, stack.rank()), new Add());
        }
        List<Integer> sizes = step.sizes(0);
        int count = axes(step, sizes.size()).stream().mapToInt(sizes::get).reduce(1, Math::multiplyExact);
        OnnxResult mean = reduce(step, Reduction.MEAN);
        return count == 1 ? mean : ArithmeticOperators.scaled(step, step.reading(mean).activations(0), count);
    }

    private static OnnxResult reduced(OnnxStep step, Reduction reduction, String axes) throws CannotImportException {
        Activations input = step.activations(0);
        if (axes.equals("C")) {
            return step.add(new ReduceChannels(reduction == Reduction.MAX
                    ? ReduceChannels.Kind.MAX
                    : ReduceChannels.Kind.MEAN), input);
        }
        boolean rows = axes.matches("P|.*H.*") || input.type().height() == 1;
        boolean columns = axes.matches("P|.*W.*") || input.type().width() == 1;
        if (!axes.matches("P|H|W|HW|WH")) {
            throw new CannotImportException("it reduces " + axes(step, input.layout().rank()) + " of "
                    + step.sizes(input), "only height and width, or channels, are known");
        }
        if (rows && columns) {
            Node image = halfReduced(step, reduction) ? input.node().input() : input.node();
            return new Pooled(step.context().names().of(step.node()), image, input.layout(), reduction);
        }
        Window line = new Window(rows ? input.type().height() : 1, columns ? input.type().width() : 1, 1, 1, 1, 1,
                Padding.NONE);
        return step.add(new Pool2d(reduction, line, false), input);
    }

    /** Whether what it reads has lost one side already by the same reduction, which nothing else reads. */
    private static boolean halfReduced(OnnxStep step, Reduction reduction) throws CannotImportException {
        return step.activations(0).node().op() instanceof Pool2d(Reduction before, Window window, boolean _)
                && before == reduction && window.padding().equals(Padding.NONE)
                && ((window.kernelHeight() == 1
                        && window.kernelWidth() == step.activations(0).node().input().type().width())
                        || (window.kernelWidth() == 1
                                && window.kernelHeight() == step.activations(0).node().input().type().height()))
                && step.context().wiring().isReadOnce(step.node().inputs().getFirst());
    }

    /** The number of the greatest channel, the first of equal ones. */
    private static OnnxResult greatest(OnnxStep step) throws CannotImportException {
        Activations input = step.activations(0);
        int axis = OnnxStep.axis(step.integer("axis", 0), input.layout().rank());
        if (axis != input.layout().channelAxis() || step.integer("select_last_index", 0) != 0) {
            throw new CannotImportException("it looks for the greatest along axis " + axis + " of " + step.sizes(input),
                    "only that of the channels is known, and of equal ones the first");
        }
        OnnxResult number = step.add(new ReduceChannels(ReduceChannels.Kind.ARGMAX), input);
        return step.integer("keepdims", 1) != 0
                ? number
                : step.reading(number).withLayout(input.layout().without(axis));
    }

    /** The mean of the channels that a node reduces, where it reduces nothing else. */
    static OnnxResult meanOfChannels(OnnxStep step) throws CannotImportException {
        Layout layout = step.layout(0);
        List<Integer> sizes = step.sizes(0);
        boolean isOfChannels = axes(step, layout.rank()).stream().filter(axis -> sizes.get(axis) != 1)
                .allMatch(axis -> axis == layout.channelAxis());
        if (!isOfChannels || step.integer("keepdims", 1) == 0) {
            throw new CannotImportException("it adds up squares along " + axes(step, layout.rank()) + " of " + sizes,
                    "only those of channels are known, with keepdims, for a norm to divide by");
        }
        return reduce(step, Reduction.MEAN);
    }

    /** The axes that a node reduces: all, if it names none. */
    static NavigableSet<Integer> axes(OnnxStep step, int rank) throws CannotImportException {
        List<Long> named = step.has(1) ? step.wholes(1, "axes") : step.integers("axes").orElse(List.of());
        TreeSet<Integer> axes = new TreeSet<>();
        for (long axis : named) {
            axes.add(OnnxStep.axis(axis, rank));
        }
        if (named.isEmpty() && step.integer("noop_with_empty_axes", 0) == 0) {
            IntStream.range(0, rank).forEach(axes::add);
        }
        return axes;
    }
}
