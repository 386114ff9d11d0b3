package io.xceptionc.compiler.export;

import io.xceptionc.compiler.export.OnnxGraph.Attribute;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.ResponseNorm;
import io.xceptionc.compiler.graph.op.Scale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Operators that divide by what values are together, and factors and summands of channels, as ONNX has them.
 *
 * @param onnx where nodes go
 * @param name what the last of them is called
 * @param type of the value, which is that of the result
 * @param input the value
 */
record NormExport(OnnxGraph onnx, String name, TensorType type, String input) {

    String layerNorm(LayerNorm op) {
        if (!op.isCentred()) {
            return rootMeanSquare(op);
        }
        List<String> inputs = OnnxGraph.inputs(moved(input, "/channels_last", List.of(0, 2, 3, 1)),
                op.weights().gamma().map(this::vector).orElseGet(() -> onnx.constant(name + "/ones", channels(), 1)));
        op.weights().beta().map(this::vector).ifPresent(inputs::add);
        Attribute axis = new Attribute("axis", -1);
        Attribute epsilon = new Attribute("epsilon", (float) op.epsilon());
        return type.flat()
                ? onnx.node("LayerNormalization", name, inputs, axis, epsilon)
                : onnx.node("Transpose", name, List.of(
                        onnx.node("LayerNormalization", name + "/normalised", inputs, axis, epsilon)),
                        new Attribute("perm", List.of(0, 3, 1, 2)));
    }

    private String moved(String value, String suffix, List<Integer> order) {
        return type.flat()
                ? value
                : onnx.node("Transpose", name + suffix, List.of(value), new Attribute("perm", order));
    }

    private String rootMeanSquare(LayerNorm op) {
        String square = onnx.node("Mul", name + "/square", List.of(input, input));
        String mean = onnx.node("ReduceMean", name + "/mean", List.of(square), new Attribute("axes", List.of(1)));
        String sum = onnx.node("Add", name + "/sum",
                List.of(mean, onnx.scalar(name + "/epsilon", (float) op.epsilon())));
        String root = onnx.node("Sqrt", name + "/root", List.of(sum));
        return channelScale("Div", List.of(input, root), op.weights());
    }

    /** Groups are the channels of an image of one row there. */
    String groupNorm(GroupNorm op, List<Integer> shape) {
        Attribute epsilon = new Attribute("epsilon", (float) op.epsilon());
        if (op.groups().isEmpty() && !type.flat()) {
            return onnx.node("InstanceNormalization", name, List.of(input,
                    op.weights().gamma().map(this::vector)
                            .orElseGet(() -> onnx.constant(name + "/ones", channels(), 1)),
                    op.weights().beta().map(this::vector)
                            .orElseGet(() -> onnx.constant(name + "/zeros", channels(), 0))),
                    epsilon);
        }
        int groups = op.groupsOf(channels());
        String grouped = onnx.node("Reshape", name + "/groups",
                List.of(input, onnx.integers(name + "/groups/shape", List.of(shape.getFirst(), groups, -1))));
        String normalised = onnx.node("InstanceNormalization", name + "/normalised",
                List.of(grouped, onnx.constant(name + "/ones", groups, 1),
                        onnx.constant(name + "/zeros", groups, 0)),
                epsilon);
        return channelScale("Reshape", List.of(normalised, onnx.integers(name + "/shape", shape)), op.weights());
    }

    String l2Norm(L2Norm op) {
        String length = onnx.node("ReduceL2", name + "/length", List.of(input), new Attribute("axes", List.of(1)));
        String least = onnx.node("Clip", name + "/least",
                List.of(length, onnx.scalar(name + "/epsilon", (float) op.epsilon())));
        return onnx.node("Div", name, List.of(input, least));
    }

    /** A vector is an image of one pixel there. ONNX Runtime wants an odd size. */
    String responseNorm(ResponseNorm op) {
        if (op.size() % 2 == 0) {
            return responseNormOfParts(op);
        }
        Attribute[] attributes = {new Attribute("size", op.size()), new Attribute("alpha", (float) op.alpha()),
            new Attribute("beta", (float) op.beta()), new Attribute("bias", (float) op.bias())};
        if (!type.flat()) {
            return onnx.node("LRN", name, List.of(input), attributes);
        }
        String image = onnx.node("Unsqueeze", name + "/image",
                List.of(input, onnx.integers(name + "/axes", List.of(2, 3))));
        return onnx.node("Flatten", name, List.of(onnx.node("LRN", name + "/normalised", List.of(image), attributes)));
    }

    /** The mean under a window that slides along the channels. */
    private String responseNormOfParts(ResponseNorm op) {
        int before = (op.size() - 1) / 2;
        List<Integer> pads = new ArrayList<>(Collections.nCopies(type.flat() ? 6 : 10, 0));
        pads.set(2, before);
        pads.set(pads.size() / 2 + 2, op.size() - 1 - before);
        String axis = onnx.integers(name + "/axis", List.of(1));
        String square = onnx.node("Unsqueeze", name + "/planes",
                List.of(onnx.node("Mul", name + "/square", List.of(input, input)), axis));
        String padded = onnx.node("Pad", name + "/padded", List.of(square, onnx.integers(name + "/pads", pads)));
        String mean = onnx.node("AveragePool", name + "/mean", List.of(padded),
                new Attribute("kernel_shape", type.flat() ? List.of(op.size()) : List.of(op.size(), 1, 1)));
        String scaled = onnx.node("Mul", name + "/scaled",
                List.of(onnx.node("Squeeze", name + "/squeezed", List.of(mean, axis)),
                        onnx.scalar(name + "/alpha", (float) op.alpha())));
        String sum = onnx.node("Add", name + "/sum", List.of(scaled, onnx.scalar(name + "/bias", (float) op.bias())));
        String power = onnx.node("Pow", name + "/power", List.of(sum, onnx.scalar(name + "/beta", (float) op.beta())));
        return onnx.node("Div", name, List.of(input, power));
    }

    String scale(Scale op) {
        return channelScale(numbers("/factor", op.factors(), 1), numbers("/offset", op.offsets(), 0));
    }

    private Optional<String> numbers(String suffix, List<Float> numbers, float omitted) {
        if (numbers.stream().allMatch(number -> number == omitted)) {
            return Optional.empty();
        }
        if (numbers.size() == 1) {
            return Optional.of(onnx.scalar(name + suffix, numbers.getFirst()));
        }
        float[] values = new float[numbers.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = numbers.get(i));
        return Optional.of(ofChannels(Tensor.vector(name + suffix, values)));
    }

    String channelScale(GammaBeta weights) {
        return channelScale(weights.gamma().map(this::ofChannels), weights.beta().map(this::ofChannels));
    }

    /** Of a value that a node yields, which is the last if there are no weights. */
    private String channelScale(String operator, List<String> inputs, GammaBeta weights) {
        if (weights.equals(GammaBeta.NONE)) {
            return onnx.node(operator, name, inputs);
        }
        return new NormExport(onnx, name, type, onnx.node(operator, name + "/" + operator.toLowerCase(Locale.ROOT),
                inputs)).channelScale(weights);
    }

    private String channelScale(Optional<String> factors, Optional<String> summands) {
        if (factors.isEmpty()) {
            return summands.isEmpty()
                    ? onnx.node("Identity", name, List.of(input))
                    : onnx.node("Add", name, List.of(input, summands.get()));
        }
        return summands.isEmpty()
                ? onnx.node("Mul", name, List.of(input, factors.get()))
                : onnx.node("Add", name,
                        List.of(onnx.node("Mul", name + "/scaled", List.of(input, factors.get())), summands.get()));
    }

    private int channels() {
        return type.channels();
    }

    private String vector(Tensor tensor) {
        return onnx.constant(tensor, tensor.shape(), List.of(0));
    }

    private String ofChannels(Tensor tensor) {
        return type.flat()
                ? vector(tensor)
                : onnx.constant(tensor, List.of(channels(), 1, 1), List.of(0, 1, 2));
    }
}
