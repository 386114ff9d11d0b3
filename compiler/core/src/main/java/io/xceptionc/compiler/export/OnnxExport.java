package io.xceptionc.compiler.export;

import io.xceptionc.compiler.export.OnnxGraph.Attribute;
import io.xceptionc.compiler.format.onnx.DataType;
import io.xceptionc.compiler.format.onnx.Message;
import io.xceptionc.compiler.format.onnx.OnnxFields;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.AdaptivePool2d;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.Average;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.ChannelScale;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthToSpace;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.JoinPhases;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.LogSoftmax;
import io.xceptionc.compiler.graph.op.Maximum;
import io.xceptionc.compiler.graph.op.Minimum;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Prelu;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.ResponseNorm;
import io.xceptionc.compiler.graph.op.Scale;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SliceChannels;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.SpaceToDepth;
import io.xceptionc.compiler.graph.op.SplitPhases;
import io.xceptionc.compiler.graph.op.Subtract;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.image.ChannelScaling;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Writes a network as an ONNX model, opset {@value #OPSET}: images {@code [batch, channels, height, width]}, vectors
 * {@code [batch, channels]}, float32. It is the network as the spec says it, before any fusion.
 *
 * @see <a href="https://onnx.ai/onnx/operators/">ONNX operators</a>
 */
public final class OnnxExport {

    /** The version of ONNX's operators. */
    public static final int OPSET = 17;

    /** What a Protocol Buffers message cannot exceed, less what names and attributes may take. */
    private static final long MOST_WEIGHT_BYTES = Integer.MAX_VALUE - (64L << 20);
    private static final int IR_VERSION = 8;
    private static final List<Integer> OIHW = List.of(3, 2, 0, 1);
    private static final List<Integer> IOHW = List.of(2, 3, 0, 1);

    private final OnnxGraph onnx = new OnnxGraph();
    private final Map<Node, String> values = new HashMap<>();

    private final ArrayScaling arrays;
    private final int batch;

    private OnnxExport(ArrayScaling arrays, int batch) {
        this.arrays = arrays;
        this.batch = batch;
    }

    /**
     * Writes a network for runs of so many images.
     *
     * @throws IOException if the stream fails, or if the weights are more than such a file can hold
     */
    public static void write(Graph graph, int batch, OutputStream stream) throws IOException {
        write(graph, ArrayScaling.NONE, batch, stream);
    }

    /**
     * The same behind what is computed of arrays, which the model takes then.
     *
     * @throws IOException as {@link #write(Graph, int, OutputStream)}
     */
    public static void write(Graph graph, ArrayScaling arrays, int batch, OutputStream stream) throws IOException {
        requireRoom(graph);
        new OnnxExport(arrays, batch).model(graph).toByteString().writeTo(stream);
    }

    private static void requireRoom(Graph graph) throws IOException {
        long bytes = graph.nodes().stream().flatMap(node -> node.op().tensors().stream()).distinct()
                .mapToLong(tensor -> (long) tensor.elementCount() * Float.BYTES).sum();
        if (bytes > MOST_WEIGHT_BYTES) {
            throw new IOException("network '%s' has weights of %,d MiB; an ONNX file holds less than 2,048 MiB"
                    .formatted(graph.name(), bytes >> 20));
        }
    }

    private Message model(Graph graph) {
        String input = onnx.input(graph.input().name());
        values.put(graph.input(), scaled(input));
        graph.outputs().stream().filter(OnnxExport::isNamed).map(OnnxExport::outputName).forEach(onnx::reserve);
        for (Node node : graph.nodes()) {
            if (!values.containsKey(node)) {
                values.put(node, export(node));
            }
        }
        SequencedMap<String, List<Integer>> outputs = new LinkedHashMap<>();
        graph.outputs().forEach(output -> outputs.put(values.get(output), shape(output.type(), batch)));
        Message body = onnx.finish(graph.name(), input, shape(graph.input().type(), batch), outputs);
        return new Message().add(OnnxFields.Model.IR_VERSION, IR_VERSION)
                .add(OnnxFields.Model.PRODUCER_NAME, "xceptionc").add(OnnxFields.Model.GRAPH, body)
                .add(OnnxFields.Model.OPSET_IMPORT, new Message().add(OnnxFields.OperatorSet.DOMAIN, "")
                        .add(OnnxFields.OperatorSet.VERSION, OPSET));
    }

    /** What the model calls an output: as programs do. */
    public static String outputName(Node output) {
        return ((Output) output.op()).name();
    }

    /** Whether an output is called otherwise than the layer whose result it is. */
    private static boolean isNamed(Node output) {
        return !outputName(output).equals(output.input().name());
    }

    private String output(Node node, List<String> inputs) {
        return isNamed(node) ? onnx.reserved("Identity", outputName(node), inputs) : inputs.getFirst();
    }

    /** What is computed of the arrays that the model takes. */
    private String scaled(String input) {
        String scaled = input;
        List<ChannelScaling> channels = arrays.channels();
        if (channels.stream().anyMatch(channel -> channel.scale() != 1)) {
            scaled = onnx.node("Mul", "arrays/scaled",
                    List.of(scaled, ofChannels("arrays/scale", channels, ChannelScaling::scale)));
        }
        if (channels.stream().anyMatch(channel -> channel.offset() != 0)) {
            scaled = onnx.node("Add", "arrays/shifted",
                    List.of(scaled, ofChannels("arrays/offset", channels, ChannelScaling::offset)));
        }
        return scaled;
    }

    private String ofChannels(String name, List<ChannelScaling> channels, ToDoubleFunction<ChannelScaling> number) {
        float[] numbers = new float[channels.size()];
        for (int c = 0; c < numbers.length; c++) {
            numbers[c] = (float) number.applyAsDouble(channels.get(c));
        }
        return onnx.constant(Tensor.vector(name, numbers), List.of(numbers.length, 1, 1), List.of(0, 1, 2));
    }

    /** How a value of so many images lies in the model: channels before height and width. */
    public static List<Integer> shape(TensorType type, int batch) {
        return type.flat()
                ? List.of(batch, type.channels())
                : List.of(batch, type.channels(), type.height(), type.width());
    }

    private String export(Node node) {
        List<String> inputs = node.inputs().stream().map(values::get).toList();
        String name = node.name();
        return switch (node.op()) {
            case Input _ -> throw new IllegalArgumentException("a second input: " + node);
            case Output _ -> output(node, inputs);
            case Dropout _ -> onnx.node("Identity", name, inputs);
            case Conv2d conv -> convolved(name, conv, inputs,
                    conv(name, conv.window(), conv.groups(), conv.kernel(), scaled(node, conv, inputs), conv));
            case DepthwiseConv2d conv -> convolved(name, conv, inputs, depthwise(name, conv, inputs.getFirst()));
            case SeparableConv2d conv -> separable(name, conv, inputs);
            case Dense dense -> convolved(name, dense, inputs, dense(name, dense, inputs.getFirst()));
            case BatchNorm norm -> batchNorm(name, norm, inputs.getFirst());
            case Affine affine -> affine(name, affine, inputs.getFirst(), node.type());
            case Activate(Activation activation) -> new ActivationExport(onnx).of(name, activation, inputs.getFirst());
            case Add _ -> merged("Add", node, inputs);
            case Multiply _ -> merged("Mul", node, inputs);
            case Subtract _ -> merged("Sub", node, inputs);
            case Maximum _ -> merged("Max", node, inputs);
            case Minimum _ -> merged("Min", node, inputs);
            case Average _ -> average(node, inputs);
            case Concat _ -> onnx.node("Concat", name, inputs, new Attribute("axis", 1));
            case ConvTranspose2d transposed -> transposed(name, transposed, inputs.getFirst());
            case Pool2d pool -> pool(name, pool, inputs);
            case GlobalPool2d pool -> globalPool(name, pool, inputs);
            case AdaptivePool2d pool ->
                    new AdaptivePoolExport(onnx, name, pool).pool(node.input().type(), inputs.getFirst());
            case LayerNorm norm -> norms(node, inputs).layerNorm(norm);
            case GroupNorm norm -> norms(node, inputs).groupNorm(norm, shape(node.type(), batch));
            case L2Norm norm -> norms(node, inputs).l2Norm(norm);
            case ResponseNorm norm -> norms(node, inputs).responseNorm(norm);
            case Scale scale -> norms(node, inputs).scale(scale);
            case ChannelScale(GammaBeta weights) -> norms(node, inputs).channelScale(weights);
            case Prelu prelu -> prelu(name, prelu, inputs.getFirst(), node.type());
            case Softmax _ -> onnx.node("Softmax", name, inputs, new Attribute("axis", 1));
            case ReduceChannels(var kind) -> reduceChannels(name, kind, inputs);
            case LogSoftmax _ -> onnx.node("LogSoftmax", name, inputs, new Attribute("axis", 1));
            case ZeroPad2d(Padding padding) ->
                    onnx.node("Pad", name, List.of(inputs.getFirst(), onnx.integers(name + "/pads",
                            List.of(0, 0, padding.top(), padding.left(), 0, 0, padding.bottom(), padding.right()))));
            case Crop2d(Padding margins) -> crop(name, margins, node.type(), inputs.getFirst());
            case Pad2d pad -> ArrangementExport.pad(onnx, name, pad, shape(node.type(), batch), inputs.getFirst());
            case SliceChannels slice -> ArrangementExport.sliceChannels(onnx, name, slice, inputs.getFirst());
            case ShuffleChannels shuffle ->
                    ArrangementExport.shuffleChannels(onnx, name, shuffle, shape(node.type(), batch),
                            inputs.getFirst());
            case DepthToSpace(int block, var order) -> onnx.node("DepthToSpace", name, inputs,
                    new Attribute("blocksize", block),
                    new Attribute("mode", order == PixelOrder.TENSORFLOW ? "DCR" : "CRD"));
            case SpaceToDepth space -> ArrangementExport.spaceToDepth(onnx, name, space, shape(node.type(), batch),
                    inputs.getFirst());
            case Resize2d resize -> resize(name, resize, node.type(), inputs.getFirst());
            case Flatten flatten -> onnx.node("Flatten", name, flatten.channelsFirst()
                    ? inputs
                    : List.of(onnx.node("Transpose", name + "/nhwc", inputs,
                            new Attribute("perm", List.of(0, 2, 3, 1)))));
            case RepeatChannels _, JoinPhases _, SplitPhases _ ->
                    throw new IllegalArgumentException("made by a pass, not by a spec: " + node);
        };
    }

    private NormExport norms(Node node, List<String> inputs) {
        return new NormExport(onnx, node.name(), node.type(), inputs.getFirst());
    }

    /** The first input as a convolution that took others in scales it. */
    private String scaled(Node node, Conv2d op, List<String> inputs) {
        String input = inputs.getFirst();
        String name = node.name() + "/scaled";
        return op.fusion().inputScaling().map(stage -> switch (stage) {
            case Fusion.Stage.Scale(Affine constants) -> affine(name, constants, input, node.input().type());
            case Fusion.Stage.Gate _ -> onnx.node("Mul", name, inputs.subList(0, 2));
            case Fusion.Stage.AddResidual _, Fusion.Stage.Apply _ -> input;
        }).orElse(input);
    }

    /** What follows the sum of a convolution that took others in; nothing in a network as the spec says it. */
    private String convolved(String name, Convolution op, List<String> inputs, String sum) {
        String result = sum;
        for (Fusion.Stage stage : op.fusion().epilogue()) {
            result = switch (stage) {
                case Fusion.Stage.AddResidual _ -> onnx.node("Add", name + "/residual",
                        List.of(result, inputs.get(op.fusion().residualIndex())));
                case Fusion.Stage.Scale _, Fusion.Stage.Gate _ ->
                        throw new IllegalArgumentException("no sum is scaled: " + op.fusion());
                case Fusion.Stage.Apply(Activation function) ->
                        new ActivationExport(onnx).of(name + "/activation", function, result);
            };
        }
        return result;
    }

    private String conv(String name, Window window, int groups, Tensor kernel, String input, Convolution op) {
        String rectified =
                op.fusion().rectifiesInput() ? onnx.node("Relu", name + "/rectified", List.of(input)) : input;
        List<String> inputs = OnnxGraph.inputs(rectified, onnx.constant(kernel, kernel.shape(), OIHW));
        vector(op.bias()).ifPresent(inputs::add);
        return onnx.node("Conv", name, inputs, windowAttributes(window, groups));
    }

    private String depthwise(String name, DepthwiseConv2d op, String input) {
        String rectified =
                op.fusion().rectifiesInput() ? onnx.node("Relu", name + "/rectified", List.of(input)) : input;
        Tensor kernel = op.kernel();
        List<Integer> shape = List.of(kernel.dimension(0), kernel.dimension(1), op.channelsOut(), 1);
        List<String> inputs = OnnxGraph.inputs(rectified, onnx.constant(kernel, shape, List.of(2, 3, 0, 1)));
        vector(op.bias()).ifPresent(inputs::add);
        return onnx.node("Conv", name, inputs, windowAttributes(op.window(), kernel.dimension(2)));
    }

    private String separable(String name, SeparableConv2d op, List<String> inputs) {
        String middle = depthwise(name + "/depthwise", op.depthwise(), inputs.getFirst());
        String activated = convolved(name + "/depthwise", op.depthwise(), List.of(), middle);
        Conv2d pointwise = new Conv2d(Window.POINTWISE, 1, op.kernel(), op.bias(),
                new Fusion(List.of(), op.epilogue()));
        return convolved(name, pointwise, inputs, conv(name, Window.POINTWISE, 1, op.kernel(), activated, pointwise));
    }

    private String transposed(String name, ConvTranspose2d op, String input) {
        List<String> inputs = OnnxGraph.inputs(input, onnx.constant(op.kernel(), op.kernel().shape(), IOHW));
        vector(op.bias()).ifPresent(inputs::add);
        return onnx.node("ConvTranspose", name, inputs,
                Stream.concat(Stream.of(windowAttributes(op.window(), op.groups())),
                        Stream.of(new Attribute("output_padding", List.of(op.extraHeight(), op.extraWidth()))))
                        .toArray(Attribute[]::new));
    }

    private static Attribute[] windowAttributes(Window window, int groups) {
        return new Attribute[] {new Attribute("kernel_shape", List.of(window.kernelHeight(), window.kernelWidth())),
            new Attribute("strides", List.of(window.strideHeight(), window.strideWidth())),
            new Attribute("dilations", List.of(window.dilationHeight(), window.dilationWidth())),
            pads(window.padding()),
            new Attribute("group", groups)};
    }

    private static Attribute pads(Padding padding) {
        return new Attribute("pads", List.of(padding.top(), padding.left(), padding.bottom(), padding.right()));
    }

    private Optional<String> vector(Optional<Tensor> tensor) {
        return tensor.map(values -> onnx.constant(values, values.shape(), List.of(0)));
    }

    private String dense(String name, Dense op, String input) {
        List<String> inputs = OnnxGraph.inputs(input, onnx.constant(op.kernel(), op.kernel().shape(), List.of(0, 1)));
        vector(op.bias()).ifPresent(inputs::add);
        return onnx.node("Gemm", name, inputs);
    }

    private String batchNorm(String name, BatchNorm op, String input) {
        int channels = op.mean().dimension(0);
        String gamma = vector(op.gamma()).orElseGet(() -> onnx.constant(name + "/ones", channels, 1));
        String beta = vector(op.beta()).orElseGet(() -> onnx.constant(name + "/zeros", channels, 0));
        return onnx.node("BatchNormalization", name,
                List.of(input, gamma, beta, vector(Optional.of(op.mean())).orElseThrow(),
                        vector(Optional.of(op.variance())).orElseThrow()),
                new Attribute("epsilon", (float) op.epsilon()));
    }

    private String affine(String name, Affine op, String input, TensorType type) {
        List<Integer> shape = type.flat() ? List.of(type.channels()) : List.of(type.channels(), 1, 1);
        List<Integer> axes = type.flat() ? List.of(0) : List.of(0, 1, 2);
        String scaled = onnx.node("Mul", name + "/scaled", List.of(input, onnx.constant(op.scale(), shape, axes)));
        return onnx.node("Add", name, List.of(scaled, onnx.constant(op.shift(), shape, axes)));
    }

    private String prelu(String name, Prelu op, String input, TensorType type) {
        int count = op.slope().dimension(0);
        List<Integer> shape = type.flat() ? List.of(count) : List.of(count, 1, 1);
        return onnx.node("PRelu", name,
                List.of(input, onnx.constant(op.slope(), shape, type.flat() ? List.of(0) : List.of(0, 1, 2))));
    }

    private String average(Node node, List<String> inputs) {
        return onnx.node("Div", node.name(), List.of(merged("Add", node.name() + "/sum", node, inputs),
                onnx.scalar(node.name() + "/count", inputs.size())));
    }

    private String merged(String operator, Node node, List<String> inputs) {
        return merged(operator, node.name(), node, inputs);
    }

    /** Axes are counted from the back there, so that a vector that meets an image must have the image's. */
    private String merged(String operator, String name, Node node, List<String> inputs) {
        String merged = "";
        for (int index = 0; index < inputs.size(); index++) {
            boolean isVector = node.inputs().get(index).type().flat() && !node.type().flat();
            String next = isVector
                    ? onnx.node("Unsqueeze", name + "/image",
                            List.of(inputs.get(index), onnx.integers(name + "/axes", List.of(2, 3))))
                    : inputs.get(index);
            merged = index == 0 ? next : onnx.node(operator, name, List.of(merged, next));
        }
        return merged;
    }

    private String crop(String name, Padding margins, TensorType type, String input) {
        return onnx.node("Slice", name,
                List.of(input, onnx.integers(name + "/starts", List.of(margins.top(), margins.left())),
                        onnx.integers(name + "/ends",
                                List.of(margins.top() + type.height(), margins.left() + type.width())),
                        onnx.integers(name + "/axes", List.of(2, 3))));
    }

    private String resize(String name, Resize2d op, TensorType type, String input) {
        String coordinates = op.coordinates().word();
        String rounding = switch (op.rounding()) {
            case FLOOR -> "floor";
            case CEIL -> "ceil";
            case HALF_DOWN -> "round_prefer_floor";
            case HALF_UP -> "round_prefer_ceil";
        };
        return onnx.node("Resize", name, List.of(input, "", "", onnx.integers(name + "/sizes", shape(type, batch))),
                new Attribute("mode", op.method() == Resize2d.Method.NEAREST ? "nearest" : "linear"),
                new Attribute("coordinate_transformation_mode", coordinates), new Attribute("nearest_mode", rounding));
    }

    private String pool(String name, Pool2d op, List<String> inputs) {
        Window window = op.window();
        Attribute shape = new Attribute("kernel_shape", List.of(window.kernelHeight(), window.kernelWidth()));
        Attribute strides = new Attribute("strides", List.of(window.strideHeight(), window.strideWidth()));
        return switch (op.reduction()) {
            case MAX -> onnx.node("MaxPool", name, inputs, shape, strides, pads(window.padding()), new Attribute(
                    "dilations", List.of(window.dilationHeight(), window.dilationWidth())));
            case MEAN -> onnx.node("AveragePool", name, inputs, shape, strides, pads(window.padding()),
                    new Attribute("count_include_pad", op.countsPadding() ? 1 : 0));
        };
    }

    private String globalPool(String name, GlobalPool2d op, List<String> inputs) {
        String operator = op.reduction() == Reduction.MAX ? "GlobalMaxPool" : "GlobalAveragePool";
        return op.keepsImage()
                ? onnx.node(operator, name, inputs)
                : onnx.node("Flatten", name, List.of(onnx.node(operator, name + "/pool", inputs)));
    }

    private String reduceChannels(String name, ReduceChannels.Kind kind, List<String> inputs) {
        return switch (kind) {
            case MEAN -> onnx.node("ReduceMean", name, inputs, new Attribute("axes", List.of(1)));
            case MAX -> onnx.node("ReduceMax", name, inputs, new Attribute("axes", List.of(1)));
            case ARGMAX -> onnx.node("Cast", name,
                    List.of(onnx.node("ArgMax", name + "/integer", inputs, new Attribute("axis", 1))),
                    new Attribute("to", DataType.FLOAT.number()));
        };
    }
}
