package io.xceptionc.compiler.graph;

import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints graphs for people and tests: one line a node, the same for the same graph.
 *
 * <pre>
 * input: input -> [9, 9, 4]
 * conv1: conv2d(3x3, stride 2x2, bias, relu) input -> [4, 4, 16]  # conv1, bn1, relu1
 * output: output conv1 -> [4, 4, 16]
 * </pre>
 *
 * In parentheses stands what differs from the ordinary, in the order in which it is computed; padding is top, bottom,
 * left, right. After the hash stand the layers of the spec, if there are more than the one that the node is called by.
 */
public final class GraphPrinter {

    private GraphPrinter() {}

    /** All nodes in topological order, each line ended by a line feed. */
    public static String print(Graph graph) {
        return graph.nodes().stream().map(node -> line(node) + "\n").collect(Collectors.joining());
    }

    /** One node, without a line feed. */
    public static String line(Node node) {
        String inputs = node.inputs().stream().map(Node::name).collect(Collectors.joining(", "));
        return node.name() + ": " + describe(node.op()) + (inputs.isEmpty() ? "" : " " + inputs) + " -> " + node.type()
                + origins(node);
    }

    /** An operator and what is fused into it, {@code keyword(attributes)}. */
    public static String describe(Op op) {
        String attributes = attributes(op);
        return attributes.isEmpty() ? op.keyword() : op.keyword() + "(" + attributes + ")";
    }

    private static String origins(Node node) {
        List<String> names = node.origins().stream().map(Node.Origin::name).toList();
        return names.equals(List.of(node.name())) ? "" : "  # " + String.join(", ", names);
    }

    private static String attributes(Op op) {
        return switch (op) {
            case Input _,Output _,Dropout _,Softmax _,Add _,Affine _,Concat _ -> "";
            case Convolution convolution -> convolution(convolution);
            case BatchNorm norm -> listed("epsilon " + norm.epsilon(), when(norm.gamma().isPresent(), "scale"),
                    when(norm.beta().isPresent(), "center"));
            case Activate activate -> parameter(activate.activation());
            case Pool2d pool -> listed(window(pool.window()),
                    when(pool.reduction() == Reduction.MEAN && pool.countsPadding(), "count_padding"));
            case GlobalPool2d pool -> when(pool.keepsImage(), "keepdims");
            case ZeroPad2d pad -> padding(pad.padding());
            case RepeatChannels repeat -> Integer.toString(repeat.count());
            case Flatten flatten -> when(flatten.channelsFirst(), "channels first");
        };
    }

    private static String convolution(Convolution op) {
        String linear = switch (op) {
            case Conv2d conv -> listed(window(conv.window()), when(conv.groups() > 1, "groups " + conv.groups()));
            case DepthwiseConv2d depthwise -> depthwise(depthwise);
            case SeparableConv2d separable -> firstHalf(separable.depthwise());
            case Dense _ -> "";
        };
        return listed(when(op.fusion().rectifiesInput(), "rectified input"), linear,
                when(op.bias().isPresent(), "bias"), when(op.fusion().residual(), "residual"),
                fused("", op.fusion().activation()));
    }

    private static String depthwise(DepthwiseConv2d op) {
        return listed(window(op.window()), when(op.multiplier() > 1, "multiplier " + op.multiplier()));
    }

    private static String firstHalf(DepthwiseConv2d op) {
        return listed(depthwise(op), when(op.bias().isPresent(), "depthwise bias"),
                fused("depthwise ", op.fusion().activation()));
    }

    private static String window(Window window) {
        return listed(window.kernelHeight() + "x" + window.kernelWidth(),
                when(window.strideHeight() > 1 || window.strideWidth() > 1,
                        "stride " + window.strideHeight() + "x" + window.strideWidth()),
                when(window.dilationHeight() > 1 || window.dilationWidth() > 1,
                        "dilation " + window.dilationHeight() + "x" + window.dilationWidth()),
                when(!window.padding().equals(Padding.NONE), "padding " + padding(window.padding())));
    }

    private static String padding(Padding padding) {
        return List.of(padding.top(), padding.bottom(), padding.left(), padding.right()).toString();
    }

    private static String fused(String prefix, Activation activation) {
        String parameter = parameter(activation);
        return when(activation.kind() != Activation.Kind.IDENTITY,
                prefix + activation.kind().keyword() + when(!parameter.isEmpty(), " of " + parameter));
    }

    private static String parameter(Activation activation) {
        return switch (activation.kind()) {
            case LEAKY_RELU -> "slope " + activation.parameter();
            case ELU -> "alpha " + activation.parameter();
            case IDENTITY, RELU, RELU6, SIGMOID, TANH, HARD_SIGMOID, HARD_SWISH, SWISH, GELU, SOFTPLUS -> "";
        };
    }

    private static String when(boolean condition, String attribute) {
        return condition ? attribute : "";
    }

    private static String listed(String... attributes) {
        return Stream.of(attributes).filter(attribute -> !attribute.isEmpty()).collect(Collectors.joining(", "));
    }
}
