package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Prelu;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The layers with weights. */
final class ConvolutionLayers {

    private static final Pair ONE = new Pair(1, 1);
    private static final double DEFAULT_EPSILON = 1e-3;
    private static final int IMAGE_RANK = 4;
    private static final int VECTOR_RANK = 2;

    private ConvolutionLayers() {}

    static Optional<Node> conv2d(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        Attributes attributes = Attributes.of(layer);
        TensorType input = image(inputs);
        Window window = window(attributes, input);
        int filters = attributes.count("filters");
        int groups = attributes.countOrOne("groups");
        if (filters % groups != 0 || input.channels() % groups != 0) {
            throw new CannotImportException("its groups divide neither filters nor channels", "");
        }
        Tensor kernel = nodes.weights().tensor(layer.name(), TensorRole.CONVOLUTION_KERNEL, window.kernelHeight(),
                window.kernelWidth(), input.channels() / groups, filters);
        Optional<Tensor> bias = bias(nodes, layer, TensorRole.BIAS, filters);
        return nodes.addActivated(layer, name, new Conv2d(window, groups, kernel, bias, Fusion.NONE), inputs);
    }

    static Optional<Node> depthwiseConv2d(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        DepthwiseConv2d op = depthwise(nodes, layer, TensorRole.DEPTHWISE_KERNEL, image(inputs));
        Optional<Tensor> bias = bias(nodes, layer, TensorRole.BIAS, op.channelsOut());
        return nodes.addActivated(layer, name, op.withWeights(op.kernel(), bias), inputs);
    }

    static Optional<Node> separableConv2d(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        DepthwiseConv2d depthwise =
                depthwise(nodes, layer, TensorRole.SEPARABLE_DEPTHWISE_KERNEL, image(inputs));
        int filters = Attributes.of(layer).count("filters");
        Tensor pointwise = nodes.weights().tensor(layer.name(), TensorRole.SEPARABLE_POINTWISE_KERNEL, 1, 1,
                depthwise.channelsOut(), filters);
        Op op = new SeparableConv2d(depthwise, pointwise, bias(nodes, layer, TensorRole.SEPARABLE_BIAS, filters));
        return nodes.addActivated(layer, name, op, inputs);
    }

    private static DepthwiseConv2d depthwise(LayerNodes nodes, KerasLayer layer, TensorRole role, TensorType input)
            throws CannotImportException, InvalidInputException {
        Attributes attributes = Attributes.of(layer);
        Window window = window(attributes, input);
        Tensor kernel = nodes.weights().tensor(layer.name(), role, window.kernelHeight(), window.kernelWidth(),
                input.channels(), attributes.countOrOne("depth_multiplier"));
        return new DepthwiseConv2d(window, kernel, Optional.empty(), Fusion.NONE);
    }

    /** Of an image, each pixel by itself, it is a pointwise convolution. */
    static Optional<Node> dense(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        TensorType input = inputs.getFirst().type();
        int units = Attributes.of(layer).count("units");
        List<Integer> shape = List.of(input.channels(), units);
        Optional<Tensor> bias = bias(nodes, layer, TensorRole.BIAS, units);
        Op op = input.flat()
                ? new Dense(nodes.weights().tensor(layer.name(), TensorRole.DENSE_KERNEL, shape, shape), bias,
                        Fusion.NONE)
                : new Conv2d(Window.POINTWISE, 1, nodes.weights().tensor(layer.name(), TensorRole.DENSE_KERNEL, shape,
                        List.of(1, 1, input.channels(), units)), bias, Fusion.NONE);
        return nodes.addActivated(layer, name, op, inputs);
    }

    static Optional<Node> batchNorm(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        Attributes attributes = Attributes.of(layer);
        TensorType input = inputs.getFirst().type();
        attributes.requireLastAxis(-1, input.flat() ? VECTOR_RANK : IMAGE_RANK);
        if (attributes.number("mode", 0) != 0) {
            throw new CannotImportException("its mode is not 0, so that it never uses what it has learned",
                    "build the model anew with mode=0, load the weights into it and save it");
        }
        LayerWeights weights = nodes.weights();
        int channels = input.channels();
        Op op = new BatchNorm(
                weights.vectorIf(attributes.truth("scale", true), layer.name(), TensorRole.GAMMA, channels),
                weights.vectorIf(attributes.truth("center", true), layer.name(), TensorRole.BETA, channels),
                weights.tensor(layer.name(), TensorRole.MOVING_MEAN, channels),
                weights.tensor(layer.name(), TensorRole.MOVING_VARIANCE, channels),
                attributes.number("epsilon", DEFAULT_EPSILON));
        return nodes.add(name, op, inputs);
    }

    /** A slope for each channel, or one for all; none that differ from pixel to pixel. */
    static Optional<Node> prelu(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        TensorType input = inputs.getFirst().type();
        List<Integer> axes = layer.config().get("shared_axes").elements().stream()
                .map(axis -> axis.integer().orElse(0)).toList();
        List<Integer> shape = new ArrayList<>(input.dimensions());
        for (int axis : axes) {
            if (axis < 1 || axis > shape.size()) {
                throw new CannotImportException("its shared_axes " + axes + " do not fit " + input, "");
            }
            shape.set(axis - 1, 1);
        }
        if (shape.stream().limit(shape.size() - 1L).anyMatch(size -> size != 1)) {
            throw new CannotImportException("its slopes differ from pixel to pixel",
                    "build it with shared_axes=[1, 2]");
        }
        return nodes.add(name, new Prelu(nodes.weights().tensor(layer.name(), TensorRole.SLOPE, shape,
                List.of(shape.getLast()))), inputs);
    }

    /** The biases that a layer may be told to have. */
    static Optional<Tensor> bias(LayerNodes nodes, KerasLayer layer, TensorRole role, int length)
            throws CannotImportException, InvalidInputException {
        return nodes.weights().vectorIf(Attributes.of(layer).truth("use_bias", true), layer.name(), role, length);
    }

    /** The image that a layer reads. */
    static TensorType image(List<Node> inputs) throws CannotImportException {
        TensorType input = inputs.getFirst().type();
        if (input.flat()) {
            throw new CannotImportException("it reads " + input + ", which is no image", "");
        }
        return input;
    }

    private static Window window(Attributes attributes, TensorType input) throws CannotImportException {
        attributes.requireChannelsLast();
        return window(attributes, attributes.pair("kernel_size", ONE), attributes.pair("strides", ONE),
                attributes.pair("dilation_rate", ONE), input);
    }

    /** A window with the layer's padding. */
    static Window window(Attributes attributes, Pair kernel, Pair stride, Pair dilation, TensorType input)
            throws CannotImportException {
        Window window = new Window(kernel.height(), kernel.width(), stride.height(), stride.width(), dilation.height(),
                dilation.width(), Padding.NONE);
        return attributes.padsSame() ? window.withPadding(Padding.same(input.height(), input.width(), window)) : window;
    }
}
