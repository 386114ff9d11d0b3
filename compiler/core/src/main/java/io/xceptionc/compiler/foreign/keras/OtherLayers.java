package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
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
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.language.attribute.Pair;
import java.util.List;
import java.util.Optional;

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
    static Optional<Node> zeroPadding2d(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException {
        Attributes.of(layer).requireChannelsLast();
        ConvolutionLayers.image(inputs);
        Json padding = layer.config().get("padding");
        Json rows = padding.isList() ? padding.get(0) : padding;
        Json columns = padding.isList() ? padding.get(1) : padding;
        return nodes.add(name, new ZeroPad2d(new Padding(side(rows, 0), side(rows, 1), side(columns, 0),
                side(columns, 1))), inputs);
    }

    private static int side(Json sides, int index) throws CannotImportException {
        int size = (sides.isList() ? sides.get(index) : sides).integer().orElse(-1);
        if (size < 0 || size > Attributes.LARGEST_SIZE) {
            throw new CannotImportException("its padding is no list of sizes", "");
        }
        return size;
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
