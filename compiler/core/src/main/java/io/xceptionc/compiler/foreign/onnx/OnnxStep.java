package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Absent;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Factored;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Integers;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Neighbours;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.PaddedChannels;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.PaddedForMaximum;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Pooled;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Quotient;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Repeated;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Root;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Several;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.SpreadGroups;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Stacked;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Unknown;
import io.xceptionc.compiler.format.onnx.OnnxAttribute;
import io.xceptionc.compiler.format.onnx.OnnxNode;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One node of a model while it is imported: its attributes, what it reads, and the graph that its operators go to.
 *
 * @param node the node
 * @param inputs what it reads
 * @param context of the whole import
 */
record OnnxStep(OnnxNode node, List<OnnxResult> inputs, Context context) {

    /** What to do about a model in training mode. */
    static final String EXPORT_FOR_INFERENCE =
            "call model.eval() and export with torch.onnx.export(..., training=TrainingMode.EVAL), which is the default";

    private static final String NORMS =
            "known are layer_norm, rms_norm, group_norm, instance_norm, l2_norm and lrn, as the reference says them";

    OnnxStep {
        inputs = List.copyOf(inputs);
    }

    /** The version of ONNX's operators that the model uses. */
    long opset() {
        return context.opset();
    }

    /** A whole number, or what stands for it if it is not given. */
    long integer(String attribute, long otherwise) throws CannotImportException {
        return switch (node.attributes().get(attribute)) {
            case null -> otherwise;
            case OnnxAttribute.Whole(long value) -> value;
            default -> throw odd(attribute);
        };
    }

    /** A finite number, or what stands for it if it is not given. */
    float number(String attribute, float otherwise) throws CannotImportException {
        float value = bound(attribute, otherwise);
        if (!Float.isFinite(value)) {
            throw new CannotImportException("its " + attribute + " is " + value, "no network computes with that");
        }
        return value;
    }

    /** A number that may be infinite, or what stands for it if it is not given. */
    float bound(String attribute, float otherwise) throws CannotImportException {
        return switch (node.attributes().get(attribute)) {
            case null -> otherwise;
            case OnnxAttribute.Decimal(float value) -> value;
            default -> throw odd(attribute);
        };
    }

    /** A text, or what stands for it if it is not given. */
    String text(String attribute, String otherwise) throws CannotImportException {
        return switch (node.attributes().get(attribute)) {
            case null -> otherwise;
            case OnnxAttribute.Text(String value) -> value;
            default -> throw odd(attribute);
        };
    }

    /** Whole numbers, if they are given. */
    Optional<List<Long>> integers(String attribute) throws CannotImportException {
        return switch (node.attributes().get(attribute)) {
            case null -> Optional.empty();
            case OnnxAttribute.Wholes(List<Long> values) -> Optional.of(values);
            default -> throw odd(attribute);
        };
    }

    /** Floating point numbers; none, if they are not given. */
    List<Float> decimals(String attribute) throws CannotImportException {
        return switch (node.attributes().get(attribute)) {
            case null -> List.of();
            case OnnxAttribute.Decimals(List<Float> values) -> values;
            default -> throw odd(attribute);
        };
    }

    private static CannotImportException odd(String attribute) {
        return new CannotImportException("its attribute '" + attribute + "' is of another kind than ONNX says", "");
    }

    /** What it reads in a place; {@link Absent} if it does not. */
    OnnxResult input(int index) {
        return index < inputs.size() ? inputs.get(index) : new Absent();
    }

    /** Whether it reads something in a place. */
    boolean has(int index) {
        return !(input(index) instanceof Absent);
    }

    /** An image or vector that it reads. */
    Activations activations(int index) throws CannotImportException {
        return switch (input(index)) {
            case Activations activations -> activations;
            case Pooled pooled -> pooled.layout().isImage() ? image(pooled) : vector(pooled);
            case PaddedForMaximum _ -> throw new CannotImportException("input " + index
                    + " is padded by what no finite number can pass, which only a maximum can read", "");
            case Repeated repeated -> enlarged(index, repeated);
            case Floats _, Integers _ -> throw new CannotImportException(
                    "input " + index + " is a constant, where what the network computes belongs", "");
            case Factored _, Several _ -> throw new CannotImportException("input " + index
                    + " has parts of an image's axes as axes, which only what makes an image again can read", "");
            case Stacked _ -> throw new CannotImportException("input " + index
                    + " has several values along an axis of their own",
                    "only a sum, a mean or a maximum over that axis may read them, or what takes one of them");
            case Root _, Quotient _ -> throw new CannotImportException("input " + index
                    + " is a root or divided by one, which only a norm of channels may be", NORMS);
            case Neighbours _, PaddedChannels _ -> throw new CannotImportException("input " + index
                    + " is of neighbouring channels, which only a local response norm may read", NORMS);
            case SpreadGroups _ -> throw new CannotImportException("input " + index
                    + " has its channels in groups, which only a norm of them may read", NORMS);
            case Unknown _, Absent _ -> throw new CannotImportException("input " + index + " is missing", "");
        };
    }

    /** One pixel, row or column that is repeated over the height and width of an image. */
    private Activations enlarged(int index, Repeated repeated) throws CannotImportException {
        Layout layout = repeated.value().layout();
        List<Integer> sizes = sizes(repeated.value());
        boolean isOfPixels = layout.isImage() && layout.rank() == repeated.sizes().size();
        for (int axis = 0; isOfPixels && axis < sizes.size(); axis++) {
            isOfPixels = axis == layout.rowAxis() || axis == layout.columnAxis()
                    || sizes.get(axis).equals(repeated.sizes().get(axis));
        }
        if (!isOfPixels) {
            throw new CannotImportException("input " + index + " is " + sizes + " repeated as " + repeated.sizes(),
                    "only what is combined element by element may read channels that are repeated");
        }
        int height = repeated.sizes().get(layout.rowAxis());
        int width = repeated.sizes().get(layout.columnAxis());
        Op op = new Resize2d(new Resize2d.Extent.Size(height, width), Resize2d.Method.NEAREST,
                Resize2d.Coordinates.ASYMMETRIC, Resize2d.Rounding.FLOOR);
        Node node = repeated.value().node();
        return new Activations(context.once(node.name() + "_" + height + "x" + width, op, node), layout);
    }

    /** An image that it reads, with channels first. */
    Activations image(int index) throws CannotImportException {
        if (input(index) instanceof Pooled pooled && pooled.layout().rank() == Layout.NCHW.rank()
                && pooled.layout().channelAxis() == 1) {
            return new Activations(image(pooled).node(), Layout.NCHW);
        }
        Activations image = activations(index);
        if (!image.layout().equals(Layout.NCHW)) {
            throw new CannotImportException("it reads " + (image.type().flat()
                    ? "a vector, where an image [n, channels, height, width] belongs"
                    : image.layout().equals(Layout.NHWC)
                            ? "an image whose channels are last, where they belong before height and width"
                            : sizes(image) + ", where an image [n, channels, height, width] belongs"),
                    "");
        }
        return image;
    }

    private Activations image(Pooled pooled) throws CannotImportException {
        TensorType type = pooled.input().type();
        Window whole = new Window(type.height(), type.width(), 1, 1, 1, 1, Padding.NONE);
        Node node = context.once(pooled.name(), new Pool2d(pooled.reduction(), whole, false), pooled.input());
        return new Activations(node, pooled.layout());
    }

    /** A pooled image as a vector. */
    Activations vector(Pooled pooled) throws CannotImportException {
        Node node = context.once(pooled.name(), new GlobalPool2d(pooled.reduction()), pooled.input());
        return new Activations(node, pooled.layout().ofVector());
    }

    /** The axes of an image or vector that it reads. */
    Layout layout(int index) throws CannotImportException {
        return input(index) instanceof Pooled pooled ? pooled.layout() : activations(index).layout();
    }

    /** The shape of an image or vector that it reads, without the batch. */
    TensorType type(int index) throws CannotImportException {
        return input(index) instanceof Pooled pooled
                ? TensorType.image(1, 1, pooled.input().type().channels())
                : activations(index).type();
    }

    /** The sizes of the axes of an image or vector that it reads. */
    List<Integer> sizes(int index) throws CannotImportException {
        return layout(index).sizes(context.batch(), type(index));
    }

    /**
     * What it reads first, with other axes; an image of one pixel that is none in the model any more becomes a vector.
     */
    OnnxResult withLayout(Layout layout) throws CannotImportException {
        Layout settled = layout.settled(type(0));
        if (input(0) instanceof Pooled(String name, Node input, Layout _, var reduction)) {
            return new Pooled(name, input, settled, reduction);
        }
        Activations input = activations(0);
        return input.type().flat() || input.type().pixelCount() > 1 || settled.isImage()
                ? new Activations(input.node(), settled)
                : add(new Flatten(true), settled.ofVector(), input.node());
    }

    /** Constant numbers that it reads. */
    Floats floats(int index, String what) throws CannotImportException {
        if (input(index) instanceof Floats floats) {
            return floats;
        }
        throw new CannotImportException("its " + what + " are not constant floating point numbers",
                "only networks whose weights are in the file can be imported");
    }

    /** Constant whole numbers that it reads. */
    List<Long> wholes(int index, String what) throws CannotImportException {
        if (input(index) instanceof Integers(List<Integer> _, List<Long> values)) {
            return values;
        }
        throw new CannotImportException("its " + what + " are not constant whole numbers",
                "export the model with constants folded, or for a fixed size of the input");
    }

    /** The only number of a constant that it reads; empty if there is no such input. */
    Optional<Float> scalar(int index, String what) throws CannotImportException, InvalidInputException {
        if (!has(index)) {
            return Optional.empty();
        }
        Floats floats = floats(index, what);
        if (floats.count() != 1) {
            throw new CannotImportException("its " + what + " are " + floats.count() + " numbers, not one", "");
        }
        return Optional.of(floats.source().read()[0]);
    }

    /** The same, but reading something else first. */
    OnnxStep reading(OnnxResult first) {
        List<OnnxResult> next = new ArrayList<>(inputs);
        if (next.isEmpty()) {
            next.add(first);
        } else {
            next.set(0, first);
        }
        return new OnnxStep(node, next, context);
    }

    /** Adds an operator that yields what this node yields. */
    Activations add(Op op, Layout layout, Node... operands) throws CannotImportException {
        return context.add(context.names().of(node), op, List.of(operands), layout);
    }

    /** Adds an operator in the layout of what it reads. */
    Activations add(Op op, Activations input) throws CannotImportException {
        return add(op, input.layout(), input.node());
    }

    /** The sizes of the axes of a value in the model. */
    List<Integer> sizes(Activations activations) {
        return activations.layout().sizes(context.batch(), activations.type());
    }

    /** An axis counted from the front. */
    static int axis(long axis, int rank) throws CannotImportException {
        if (axis < -rank || axis >= rank) {
            throw new CannotImportException("it names axis " + axis + " of a value with " + rank + " axes", "");
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** {@code Conv 'conv1'}, or by what it yields if it has no name. */
    static String describe(OnnxNode node) {
        String name = node.name().isEmpty() ? String.join(", ", node.outputs()) : node.name();
        return Quotation.brief(node.operator()) + " " + Quotation.of(name);
    }
}
