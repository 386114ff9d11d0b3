package io.xceptionc.benchmarks.torchscript;

import io.xceptionc.compiler.graph.Axes;
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
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthToSpace;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
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
import io.xceptionc.compiler.pass.FoldBatchNorm;
import io.xceptionc.compiler.pass.LowerBatchNorm;
import io.xceptionc.compiler.pass.Pipeline;
import io.xceptionc.compiler.pass.RemoveIdentities;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a network as TorchScript, images {@code [batch, channels, height, width]}, float32. Batch norms are folded
 * into the convolutions, as PyTorch does when it freezes a module.
 *
 * @see <a href="https://pytorch.org/docs/stable/torch.html">PyTorch, torch</a>
 */
public final class TorchScriptExport {

    private static final Pipeline FROZEN =
            new Pipeline(List.of(new RemoveIdentities(), new FoldBatchNorm(), new LowerBatchNorm()));

    private final TorchScriptFile file = new TorchScriptFile();
    private final Map<Node, String> values = new HashMap<>();
    private final Map<Tensor, String> constants = new HashMap<>();

    private TorchScriptExport() {}

    /**
     * Writes a network with its weights.
     *
     * @throws IllegalArgumentException if it has an operator that no network compared here has
     */
    public static void write(Graph graph, Path file) throws IOException {
        new TorchScriptExport().export(FROZEN.run(graph).graph()).writeTo(file);
    }

    private TorchScriptFile export(Graph graph) {
        for (Node node : graph.nodes()) {
            values.put(node, value(node));
        }
        file.statement("return " + values.get(graph.output()));
        return file;
    }

    private String assign(String expression) {
        String name = "v" + values.size();
        file.statement(name + " = " + expression);
        return name;
    }

    private String value(Node node) {
        List<String> inputs = node.inputs().stream().map(values::get).toList();
        String input = inputs.isEmpty() ? "x" : inputs.getFirst();
        return switch (node.op()) {
            case Input _, Output _, Dropout _ -> input;
            case Conv2d(Window window, int groups, Tensor kernel, Optional<Tensor> bias, _) ->
                    assign(conv(input, window, groups, constant(kernel, kernel.shape(), 3, 2, 0, 1), bias));
            case DepthwiseConv2d conv -> assign(depthwise(input, conv));
            case SeparableConv2d conv -> assign(conv(depthwise(input, conv.depthwise()), Window.POINTWISE, 1,
                    constant(conv.kernel(), conv.kernel().shape(), 3, 2, 0, 1), conv.bias()));
            case Dense(Tensor kernel, Optional<Tensor> bias, _) -> assign("torch.linear(%s, %s, %s)".formatted(input,
                    constant(kernel, kernel.shape(), 1, 0), vector(bias)));
            case Affine affine -> assign(affine(input, affine, node.type()));
            case Activate(Activation activation) when activation.equals(Activation.RELU) ->
                    assign("torch.relu(" + input + ")");
            case Add _ -> assign(inputs.stream().reduce("torch.add(%s, %s)"::formatted).orElseThrow());
            case Concat _ -> assign("torch.cat([" + String.join(", ", inputs) + "], 1)");
            case Pool2d pool when pool.reduction() == Reduction.MAX -> assign(maxPool(input, pool.window()));
            case GlobalPool2d pool ->
                    assign("torch.%s(%s, [2, 3], %s)".formatted(pool.reduction() == Reduction.MAX ? "amax" : "mean",
                            input, pool.keepsImage() ? "True" : "False"));
            case Flatten flatten -> assign("torch.flatten(%s, 1)"
                    .formatted(flatten.channelsFirst() ? input : "torch.permute(" + input + ", [0, 2, 3, 1])"));
            case Softmax _ -> assign("torch.softmax(" + input + ", 1)");
            case Activate _, Pool2d _, BatchNorm _, ConvTranspose2d _, DepthToSpace _, SpaceToDepth _, JoinPhases _, SplitPhases _, ZeroPad2d _, RepeatChannels _, Multiply _, Subtract _, Maximum _, Minimum _, Average _, Crop2d _, LogSoftmax _, Prelu _, ReduceChannels _, Pad2d _, Resize2d _, SliceChannels _, ShuffleChannels _, AdaptivePool2d _, LayerNorm _, GroupNorm _, L2Norm _, ResponseNorm _, Scale _, ChannelScale _ ->
                    throw new IllegalArgumentException("is in no network compared with PyTorch: " + node);
        };
    }

    private String conv(String input, Window window, int groups, String kernel, Optional<Tensor> bias) {
        return "torch.conv2d(%s, %s, %s, [%d, %d], %s, [%d, %d], %d)".formatted(padded(input, window.padding(), 0),
                kernel, vector(bias), window.strideHeight(), window.strideWidth(), symmetric(window.padding()),
                window.dilationHeight(), window.dilationWidth(), groups);
    }

    private String depthwise(String input, DepthwiseConv2d conv) {
        Tensor kernel = conv.kernel();
        List<Integer> shape = List.of(kernel.dimension(0), kernel.dimension(1), conv.channelsOut(), 1);
        return conv(input, conv.window(), kernel.dimension(2), constant(kernel, shape, 2, 3, 0, 1), conv.bias());
    }

    private static String maxPool(String input, Window window) {
        return "torch.max_pool2d(%s, [%d, %d], [%d, %d], %s, [1, 1], False)".formatted(
                padded(input, window.padding(), -Float.MAX_VALUE), window.kernelHeight(), window.kernelWidth(),
                window.strideHeight(), window.strideWidth(), symmetric(window.padding()));
    }

    /** The input with the padding that PyTorch's operators cannot do by themselves. */
    private static String padded(String input, Padding padding, float filler) {
        return isSymmetric(padding)
                ? input
                : String.format(Locale.ROOT, "torch.constant_pad_nd(%s, [%d, %d, %d, %d], %s)", input, padding.left(),
                        padding.right(), padding.top(), padding.bottom(), (double) filler);
    }

    private static String symmetric(Padding padding) {
        return isSymmetric(padding) ? "[" + padding.top() + ", " + padding.left() + "]" : "[0, 0]";
    }

    private static boolean isSymmetric(Padding padding) {
        return padding.top() == padding.bottom() && padding.left() == padding.right();
    }

    private String affine(String input, Affine affine, TensorType type) {
        List<Integer> shape = type.flat() ? List.of(type.channels()) : List.of(type.channels(), 1, 1);
        return "torch.add(torch.mul(%s, %s), %s)".formatted(input, file.tensor(shape, affine.scale().values()),
                file.tensor(shape, affine.shift().values()));
    }

    private String vector(Optional<Tensor> tensor) {
        return tensor.map(vector -> constant(vector, vector.shape(), 0)).orElse("None");
    }

    /** A constant of the network in PyTorch's order of axes; layers that share it share the copy. */
    private String constant(Tensor tensor, List<Integer> shape, Integer... axes) {
        return constants.computeIfAbsent(tensor, _ -> {
            List<Integer> order = List.of(axes);
            return file.tensor(order.stream().map(shape::get).toList(), Axes.permuted(tensor.values(), shape, order));
        });
    }
}
