package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.language.attribute.Pair;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The layers without weights. */
final class OtherLayers {

    private static final Pair ONE = new Pair(1, 1);
    private static final Pair TWO = new Pair(2, 2);
    private static final int IMAGE_RANK = 4;
    private static final int VECTOR_RANK = 2;

    private OtherLayers() {}

    static Optional<Node> activation(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException {
        Optional<Op> op = nodes.activations().named(layer.config().get("activation"));
        return op.isEmpty() ? Optional.of(inputs.getFirst()) : nodes.add(name, op.get(), inputs);
    }

    static Optional<Node> softmax(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException {
        requireLastAxis(layer, inputs);
        return nodes.add(name, new Softmax(), inputs);
    }

    private static void requireLastAxis(KerasLayer layer, List<Node> inputs) throws CannotImportException {
        Attributes.of(layer).requireLastAxis(-1, inputs.getFirst().type().flat() ? VECTOR_RANK : IMAGE_RANK);
    }

    /** Padding of averages is not counted, as TensorFlow has it. */
    static LayerTranslation pool(Reduction reduction) {
        return (nodes, layer, name, inputs) -> {
            Attributes attributes = Attributes.of(layer);
            attributes.requireChannelsLast();
            TensorType input = ConvolutionLayers.image(inputs);
            Pair size = attributes.pair("pool_size", TWO);
            Window window = ConvolutionLayers.window(attributes, size, attributes.pair("strides", size), ONE, input);
            return nodes.add(name, new Pool2d(reduction, window, false), inputs);
        };
    }

    static LayerTranslation globalPool(Reduction reduction) {
        return (nodes, layer, name, inputs) -> {
            Attributes attributes = Attributes.of(layer);
            attributes.requireChannelsLast();
            ConvolutionLayers.image(inputs);
            return nodes.add(name, new GlobalPool2d(reduction, attributes.truth("keepdims", false)), inputs);
        };
    }

    /** Values of one shape, element by element. */
    static LayerTranslation merge(Op op) {
        return (nodes, _, name, inputs) -> {
            requireSeveral(inputs);
            return nodes.add(name, op, inputs);
        };
    }

    static Optional<Node> concatenate(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException {
        requireSeveral(inputs);
        requireLastAxis(layer, inputs);
        long channels = inputs.stream().mapToLong(input -> input.type().channels()).sum();
        if (channels > TensorType.LARGEST_ELEMENT_COUNT) {
            throw new CannotImportException("it yields " + channels + " channels", "");
        }
        return nodes.add(name, new Concat(), inputs);
    }

    private static void requireSeveral(List<Node> inputs) throws CannotImportException {
        if (inputs.size() < 2) {
            throw new CannotImportException("it reads only one result", "");
        }
    }

    /** One number for all sides, one for rows and one for columns, or pairs of them. */
    static LayerTranslation ofSides(String attribute, Function<Padding, Op> op) {
        return (nodes, layer, name, inputs) -> {
            Attributes.of(layer).requireChannelsLast();
            ConvolutionLayers.image(inputs);
            return nodes.add(name, op.apply(sides(layer.config().get(attribute), attribute)), inputs);
        };
    }

    private static Padding sides(Json sides, String attribute) throws CannotImportException {
        Json rows = sides.isList() ? sides.get(0) : sides;
        Json columns = sides.isList() ? sides.get(1) : sides;
        return new Padding(side(rows, 0, attribute), side(rows, 1, attribute), side(columns, 0, attribute),
                side(columns, 1, attribute));
    }

    private static int side(Json sides, int index, String attribute) throws CannotImportException {
        int size = (sides.isList() ? sides.get(index) : sides).integer().orElse(-1);
        if (size < 0 || size > Attributes.LARGEST_SIZE) {
            throw new CannotImportException("its " + attribute + " is no list of sizes", "");
        }
        return size;
    }

    /** {@code a + scale * b}, as InceptionResNetV2 has it. */
    static Optional<Node> addScaled(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException {
        if (inputs.size() != 2) {
            throw new CannotImportException("it reads " + inputs.size() + " results, not two", "");
        }
        double scale = Attributes.of(layer).number("scale", 1);
        Node second = inputs.getLast();
        Optional<Node> scaled = nodes.addScaling(nodes.unique(name + "_scale"),
                FileScaling.of(scale, 0, second.type().channels()), second);
        return scaled.isEmpty()
                ? Optional.empty()
                : nodes.add(name, new Add(), List.of(inputs.getFirst(), scaled.get()));
    }

    /** What moves nothing but axes of size 1 changes no image that has one of height and width. */
    static Optional<Node> permute(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException {
        List<Integer> sizes = inputs.getFirst().type().dimensions();
        List<Integer> order = layer.config().get("dims").elements().stream().map(axis -> axis.integer().orElse(0))
                .toList();
        if (!order.stream().sorted().toList().equals(IntStream.rangeClosed(1, sizes.size()).boxed().toList())) {
            throw new CannotImportException("its dims " + order + " do not fit " + inputs.getFirst().type(), "");
        }
        if (!order.stream().map(axis -> sizes.get(axis - 1)).toList().equals(sizes)
                || !order.stream().filter(axis -> sizes.get(axis - 1) != 1).sorted().toList()
                        .equals(order.stream().filter(axis -> sizes.get(axis - 1) != 1).toList())) {
            throw new CannotImportException("it moves the axes of " + inputs.getFirst().type() + " to " + order, "");
        }
        return Optional.of(inputs.getFirst());
    }

    /** Without training, it resizes and crops to its size. */
    static Optional<Node> randomCrop(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException {
        TensorType input = ConvolutionLayers.image(inputs);
        Attributes attributes = Attributes.of(layer);
        if (attributes.count("height") != input.height() || attributes.count("width") != input.width()) {
            throw new CannotImportException("without training, it resizes " + input + " to its height and width",
                    "build the model without it, and give pictures of its size");
        }
        return dropout(nodes, layer, name, inputs);
    }

    static Optional<Node> dropout(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs) {
        return nodes.add(name, new Dropout(), inputs);
    }

    static Optional<Node> flatten(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException {
        Attributes.of(layer).requireChannelsLast();
        return inputs.getFirst().type().flat()
                ? Optional.of(inputs.getFirst())
                : nodes.add(name, new Flatten(false), inputs);
    }

    /** To the same shape, to a vector, or of globally pooled channels to an image of one pixel. */
    static Optional<Node> reshape(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        Node input = inputs.getFirst();
        List<Integer> shape = shape(layer.config().get("target_shape"), input.type());
        if (shape.equals(input.type().dimensions())) {
            return Optional.of(input);
        }
        if (shape.size() == 1) {
            return flatten(nodes, layer, name, inputs);
        }
        if (input.op() instanceof GlobalPool2d pool && shape.equals(List.of(1, 1, input.type().channels()))) {
            return nodes.add(name, new GlobalPool2d(pool.reduction(), true), input.inputs());
        }
        throw new CannotImportException("it makes " + shape + " of " + input.type() + ", which is no flattening", "");
    }

    /** A shape, in which one size may be left open. */
    private static List<Integer> shape(Json target, TensorType input) throws CannotImportException {
        List<Integer> sizes = target.elements().stream().map(size -> size.integer().orElse(0)).toList();
        long known = 1;
        int openCount = 0;
        for (int size : sizes) {
            openCount += size == -1 ? 1 : 0;
            known = Math.min(known * Math.max(size, 1), TensorType.LARGEST_ELEMENT_COUNT + 1);
        }
        boolean fits = openCount == 1 ? input.elementCount() % known == 0 : input.elementCount() == known;
        if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size < -1 || size == 0) || openCount > 1 || !fits) {
            throw new CannotImportException("its target_shape " + sizes + " does not fit " + input, "");
        }
        int open = (int) (input.elementCount() / known);
        return sizes.stream().map(size -> size == -1 ? open : size).toList();
    }
}
