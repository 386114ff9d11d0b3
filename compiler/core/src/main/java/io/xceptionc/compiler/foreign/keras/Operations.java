package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.foreign.InputChannels;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.format.keras.KerasNetwork;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.DepthToSpace;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.ResponseNorm;
import io.xceptionc.compiler.graph.op.SpaceToDepth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is computed of tensors without a layer, as {@code (x - 127.5) / 127.5}: Keras 3 has a class for each operation,
 * Keras 2 {@code TFOpLambda} and {@code SlicingOpLambda}.
 *
 * @param file has what was learned
 * @param nodes take what is computed
 * @param preprocessing takes what is computed first
 * @param layer the operation
 * @param arguments what it is called with
 * @see <a href="https://keras.io/api/ops/">Keras, ops</a>
 */
record Operations(
        KerasNetwork file,
        LayerNodes nodes,
        Preprocessing preprocessing,
        KerasLayer layer,
        CallArguments arguments) {

    /** The argument of a stack that stands for an order of channels. */
    static final String ORDER = "order of channels";

    private static final int IMAGE_RANK = 4;

    /** The same operation under its many names. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(Map.entry("biasadd", "add"),
            Map.entry("addv2", "add"), Map.entry("sub", "subtract"), Map.entry("mul", "multiply"),
            Map.entry("truediv", "divide"), Map.entry("truedivide", "divide"), Map.entry("div", "divide"),
            Map.entry("realdiv", "divide"), Map.entry("neg", "negative"), Map.entry("reducemean", "mean"),
            Map.entry("reducemax", "max"), Map.entry("amax", "max"), Map.entry("concat", "concatenate"),
            Map.entry("stopgradient", "identity"));

    /** Operations of one tensor that are activations. */
    private static final Map<String, String> ACTIVATIONS = Map.ofEntries(Map.entry("relu", "relu"),
            Map.entry("relu6", "relu6"), Map.entry("sigmoid", "sigmoid"), Map.entry("silu", "silu"),
            Map.entry("swish", "silu"), Map.entry("tanh", "tanh"), Map.entry("softplus", "softplus"),
            Map.entry("softmax", "softmax"), Map.entry("hardsigmoid", "hard_sigmoid"),
            Map.entry("hardsilu", "hard_silu"), Map.entry("hardswish", "hard_silu"));

    /** Operations of two tensors, and the layers that do the same. */
    private static final Map<String, String> MERGES = Map.of("add", "Add", "subtract", "Subtract", "multiply",
            "Multiply", "maximum", "Maximum", "minimum", "Minimum", "concatenate", "Concatenate");

    private static final Set<String> ARITHMETIC = Set.of("add", "subtract", "multiply", "divide");

    private static final Set<String> BOUNDS = Set.of("maximum", "minimum", "clip", "clipbyvalue");

    private static final Set<String> OTHERS = Set.of("negative", "getitem", "stack", "mean", "max", "cast", "identity",
            "reshape", "squeeze", "depthtospace", "spacetodepth", "normalize", "l2normalize",
            "localresponsenormalization", "lrn", "clip", "clipbyvalue");

    /** The operations of which anything is known, without the strokes in their names. */
    static Set<String> words() {
        Set<String> words = new TreeSet<>(ARITHMETIC);
        Stream.of(OTHERS, ACTIVATIONS.keySet(), MERGES.keySet()).forEach(words::addAll);
        return words;
    }

    /** Whether a layer is an operation; HDF5 has no modules, but layers can be trained, operations not. */
    static boolean isOperation(KerasLayer layer) {
        boolean isUnnamed = layer.module().isEmpty() && !layer.config().get("trainable").isPresent()
                && layer.inboundNodes().get(0).get("args").isList();
        return isUnnamed || layer.module().matches(".*keras.*\\.ops(\\..*)?")
                || layer.className().equals("TFOpLambda") || layer.className().equals("SlicingOpLambda");
    }

    /** What a layer computes, if it is an operation: {@code divide} for {@code TrueDivide} and {@code math.truediv}. */
    static String word(KerasLayer layer) {
        if (!isOperation(layer)) {
            return "";
        }
        String name = layer.config().get("function").text().orElse(layer.className());
        String word = name.substring(name.lastIndexOf('.') + 1).replace("_", "").toLowerCase(Locale.ROOT);
        return SYNONYMS.getOrDefault(word, word);
    }

    /** Refuses an operation that has no translation whatever it reads. */
    static void requireKnown(KerasLayer layer) throws CannotImportException {
        String word = word(layer);
        if (!ARITHMETIC.contains(word) && !OTHERS.contains(word) && !ACTIVATIONS.containsKey(word)
                && mergeOf(word).isEmpty()) {
            throw new CannotImportException("the spec language has nothing for "
                    + layer.config().get("function").text().map(name -> "tf." + Quotation.brief(name))
                            .orElse("this operation"),
                    "");
        }
    }

    private static Optional<LayerTranslation> mergeOf(String word) {
        return Optional.ofNullable(MERGES.get(word)).flatMap(className -> LayerTranslations.of(className));
    }

    /**
     * The node of the result; empty if it does not fit its inputs, which is reported then.
     *
     * @param isFirst whether it alone reads the network's input
     */
    Optional<Node> result(List<Node> inputs, boolean isFirst) throws CannotImportException, InvalidInputException {
        String word = word(layer);
        if (inputs.size() != 1 || word.equals("concatenate")) {
            requireSameRank(inputs);
            return mergeOf(word).orElseThrow(
                    () -> new CannotImportException("it reads " + inputs.size() + " results, not one", ""))
                    .translate(nodes, layer.withConfig(mergedConfig()), nodes.unique(layer.name()), inputs);
        }
        Node input = inputs.getFirst();
        if (ARITHMETIC.contains(word)) {
            boolean isConstantFirst = !arguments.get(0, "x").equals(CallArguments.RESULT);
            Json constant = isConstantFirst
                    ? arguments.get(0, "x", "x1")
                    : arguments.get(1, "y", "x2", "bias", "value");
            return scaled(new ScalingLayers(file, input.type().channels()).of(word, constant, isConstantFirst), input,
                    isFirst);
        }
        if (BOUNDS.contains(word)) {
            return bounded(word, input);
        }
        if (ACTIVATIONS.containsKey(word)) {
            return activated(ACTIVATIONS.get(word), input);
        }
        return switch (word) {
            case "negative" -> scaled(FileScaling.of(-1, 0, input.type().channels()), input, isFirst);
            case "getitem", "stack" -> taken(input, isFirst);
            case "mean" -> reduced(Reduction.MEAN, input);
            case "max" -> reduced(Reduction.MAX, input);
            case "cast" -> cast(input);
            case "identity" -> Optional.of(input);
            case "reshape" -> reshaped(input);
            case "squeeze" -> squeezed(input);
            case "normalize" -> lengthNormalised(input, Math.max(option(3, "epsilon").number().orElse(1e-7), 1e-18));
            case "l2normalize" -> lengthNormalised(input, Math.sqrt(option(2, "epsilon").number().orElse(1e-12)));
            case "localresponsenormalization", "lrn" -> responseNormalised(input);
            case "depthtospace" -> ofSquares(input, block -> new DepthToSpace(block, PixelOrder.TENSORFLOW));
            case "spacetodepth" -> ofSquares(input, block -> new SpaceToDepth(block, PixelOrder.TENSORFLOW));
            default -> throw new CannotImportException("it computes with no constant", "");
        };
    }

    /** Layers bring a vector to an image as one pixel, operations count axes from the back. */
    private static void requireSameRank(List<Node> inputs) throws CannotImportException {
        for (Node input : inputs) {
            if (rank(input) != rank(inputs.getFirst())) {
                throw new CannotImportException("it computes with " + inputs.getFirst().type() + " and " + input.type(),
                        "give the vector the shape [1, 1, channels] first");
            }
        }
    }

    private Json mergedConfig() {
        Map<String, Json> members = new LinkedHashMap<>(layer.config().members());
        members.putAll(arguments.keywords());
        return Json.of(members);
    }

    private Optional<Node> scaled(FileScaling scaling, Node input, boolean isFirst) throws CannotImportException {
        if (!isFirst) {
            return nodes.addScaling(nodes.unique(layer.name()), scaling, input);
        }
        preprocessing.scale(layer.name(), scaling);
        return Optional.of(input);
    }

    private Optional<Node> activated(String activation, Node input) throws CannotImportException {
        Json axis = option(1, "axis", "dim");
        int rank = rank(input);
        if (axis.isPresent() && axis.integer().filter(last -> last == -1 || last == rank - 1).isEmpty()) {
            throw new CannotImportException("its axis is not that of the channels", "");
        }
        Optional<Op> op = nodes.activations().named(Json.of(activation));
        return nodes.add(nodes.unique(layer.name()), op.orElseThrow(), List.of(input));
    }

    /** Of constants that are one number for all elements. */
    private Optional<Node> bounded(String word, Node input) throws CannotImportException {
        boolean isConstantFirst = !arguments.get(0, "x", "x1", "t").equals(CallArguments.RESULT);
        double bound = (isConstantFirst ? arguments.get(0, "x", "x1") : arguments.get(1, "y", "x2")).number()
                .orElse(Double.NaN);
        double floor = switch (word) {
            case "maximum" -> bound;
            case "minimum" -> Double.NEGATIVE_INFINITY;
            default -> option(1, "x_min", "clip_value_min").number().orElse(Double.NaN);
        };
        double ceiling = switch (word) {
            case "maximum" -> Double.POSITIVE_INFINITY;
            case "minimum" -> bound;
            default -> option(2, "x_max", "clip_value_max").number().orElse(Double.NaN);
        };
        if (Double.isNaN(floor) || Double.isNaN(ceiling)) {
            throw new CannotImportException("it compares with no constant number", "");
        }
        return nodes.add(nodes.unique(layer.name()),
                new Activate(Activation.clamp((float) floor, (float) ceiling)), List.of(input));
    }

    private Optional<Node> lengthNormalised(Node input, double epsilon) throws CannotImportException {
        Json axis = option(1, "axis", "dim");
        Json order = option(2, "order");
        boolean isOfChannels = (axis.isList() ? axis.get(0) : axis).integer()
                .filter(last -> last == -1 || last == rank(input) - 1).isPresent() && axis.elements().size() <= 1;
        boolean isOfSquares = word(layer).equals("l2normalize") || order.number().orElse(2.0) == 2;
        if (!isOfChannels || !isOfSquares || !(epsilon > 0)) {
            throw new CannotImportException("it is no norm of order 2 of the channels", "");
        }
        return nodes.add(nodes.unique(layer.name()), new L2Norm(epsilon), List.of(input));
    }

    /** TensorFlow's alpha is that of the sum. */
    private Optional<Node> responseNormalised(Node input) throws CannotImportException {
        int radius = option(1, "depth_radius").integer().orElse(5);
        double bias = option(2, "bias").number().orElse(1.0);
        double alpha = option(3, "alpha").number().orElse(1.0);
        double beta = option(4, "beta").number().orElse(0.5);
        if (radius < 0 || 2L * radius + 1 > ResponseNorm.LARGEST_SIZE || !(bias > 0) || !(alpha >= 0)
                || !(beta >= 0)) {
            throw new CannotImportException("its depth_radius is " + radius + ", its bias " + bias + ", its alpha "
                    + alpha + " and its beta " + beta, "");
        }
        int size = 2 * radius + 1;
        return nodes.add(nodes.unique(layer.name()), new ResponseNorm(size, alpha * size, beta, bias), List.of(input));
    }

    private static int rank(Node input) {
        return input.type().dimensions().size() + 1;
    }

    /** An option of the class or of the call. */
    private Json option(int index, String... names) {
        return Stream.of(names).map(layer.config()::get).filter(Json::isPresent).findFirst()
                .orElseGet(() -> arguments.get(index, names));
    }

    /** Channels in another order, or the one pixel of an image. */
    private Optional<Node> taken(Node input, boolean isFirst) throws CannotImportException {
        Json order = arguments.get(Integer.MAX_VALUE, ORDER);
        if (order.isPresent()) {
            return reordered(order.elements().stream().map(channel -> channel.integer().orElse(0)).toList(), input,
                    isFirst);
        }
        List<Integer> sizes = new ArrayList<>(List.of(1));
        sizes.addAll(input.type().dimensions());
        List<Indexing.Part> parts = Indexing.of(arguments.get(1, "key", "slice_spec"), sizes).axes();
        boolean keepsChannels = parts.getLast().isWhole(sizes.getLast());
        boolean keepsPixels = true;
        for (int axis = 0; axis < sizes.size() - 1; axis++) {
            keepsPixels &= parts.get(axis).isWhole(sizes.get(axis));
        }
        if (keepsPixels && !parts.getLast().drops()) {
            return keepsChannels ? Optional.of(input) : reordered(parts.getLast().places(), input, isFirst);
        }
        if (keepsChannels && input.type().pixelCount() == 1 && sizes.size() == IMAGE_RANK && !parts.get(0).drops()
                && parts.get(1).drops() && parts.get(2).drops()) {
            return flattened(input);
        }
        throw new CannotImportException("it takes a part of " + input.type(), "");
    }

    private Optional<Node> reordered(List<Integer> order, Node input, boolean isFirst) throws CannotImportException {
        int channels = input.type().channels();
        List<Integer> places = order.stream().map(place -> place < 0 ? place + channels : place).toList();
        if (places.size() != channels || input.type().flat()
                || !new TreeSet<>(places).equals(new TreeSet<>(
                        IntStream.range(0, channels).boxed().toList()))) {
            throw new CannotImportException("it takes the channels " + places + " of " + input.type(), "");
        }
        if (isFirst) {
            preprocessing.reorder(layer.name(), places);
            return Optional.of(input);
        }
        nodes.weights().budget().take((long) channels * channels);
        return nodes.add(nodes.unique(layer.name()), InputChannels.selection(channels, places), List.of(input));
    }

    private Optional<Node> flattened(Node input) {
        return input.type().flat()
                ? Optional.of(input)
                : nodes.add(nodes.unique(layer.name()), new Flatten(false), List.of(input));
    }

    private Optional<Node> reduced(Reduction reduction, Node input) throws CannotImportException {
        TreeSet<Integer> axes = axes(input);
        if (input.type().flat() || !axes.equals(new TreeSet<>(List.of(1, 2)))) {
            throw new CannotImportException("it reduces the axes " + axes + " of " + input.type(),
                    "only height and width, both at once, are known");
        }
        boolean keeps = option(2, "keepdims").truth().orElse(false);
        return nodes.add(nodes.unique(layer.name()), new GlobalPool2d(reduction, keeps), List.of(input));
    }

    private Optional<Node> ofSquares(Node input, IntFunction<Op> op) throws CannotImportException {
        int block = option(1, "block_size").integer().orElse(0);
        String format = option(2, "data_format").text().orElse("channels_last");
        if (block < 1 || block > ConvTranspose2d.LARGEST_STRIDE || !List.of("channels_last", "NHWC").contains(format)) {
            throw new CannotImportException("its block_size is " + block + " and its data_format "
                    + Quotation.of(format), "1 to " + ConvTranspose2d.LARGEST_STRIDE + " and channels_last are known");
        }
        return nodes.add(nodes.unique(layer.name()), op.apply(block), List.of(input));
    }

    private TreeSet<Integer> axes(Node input) {
        Json axis = option(1, "axis");
        TreeSet<Integer> axes = new TreeSet<>();
        (axis.isList() ? axis.elements() : List.of(axis)).forEach(each -> each.integer()
                .ifPresent(number -> axes.add(number < 0 ? number + rank(input) : number)));
        return axes;
    }

    private Optional<Node> cast(Node input) throws CannotImportException {
        String type = option(1, "dtype").text().orElse("float32");
        if (!type.matches("b?float\\d+|half|double")) {
            throw new CannotImportException("it makes numbers of the type " + Quotation.of(type) + " of others", "");
        }
        return Optional.of(input);
    }

    /** Of a target with the batch. */
    private Optional<Node> reshaped(Node input) throws CannotImportException, InvalidInputException {
        List<Json> target = option(1, "newshape", "shape").elements();
        if (target.isEmpty()) {
            throw new CannotImportException("it has no constant shape", "");
        }
        Json batch = target.getFirst();
        List<Json> sizes = target.subList(1, target.size());
        boolean keepsBatch = batch.integer().filter(size -> size == 1).isPresent() || sizes.stream()
                .noneMatch(size -> size.integer().filter(open -> open == -1).isPresent());
        if (!keepsBatch) {
            throw new CannotImportException("it makes another batch", "");
        }
        KerasLayer asLayer = layer.withConfig(Json.of(Map.of("target_shape", Json.of(sizes))));
        return OtherLayers.reshape(nodes, asLayer, nodes.unique(layer.name()), List.of(input));
    }

    private Optional<Node> squeezed(Node input) throws CannotImportException {
        TreeSet<Integer> axes = axes(input);
        if (input.type().flat() || input.type().pixelCount() != 1 || !axes.equals(new TreeSet<>(List.of(1, 2)))) {
            throw new CannotImportException("it takes the axes " + axes + " out of " + input.type(),
                    "only height and width of an image of one pixel are known");
        }
        return flattened(input);
    }
}
