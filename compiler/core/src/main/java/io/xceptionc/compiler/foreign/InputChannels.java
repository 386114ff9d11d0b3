package io.xceptionc.compiler.foreign;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The order of the channels that a network reads, brought into its weights:
 * {@code input[..., order] -> conv(kernel)} becomes {@code input -> conv(kernel')}.
 */
public final class InputChannels {

    private static final int MOST_COLORS = 4;

    private InputChannels() {}

    /**
     * A network that takes channels in their own order and computes what another one computes of them in a given order.
     * Where that does not begin with a convolution, a pointwise one is put first.
     *
     * @param order for each channel that the network reads, which one of the input it is
     */
    public static Graph reordered(Graph graph, List<Integer> order) {
        if (order.equals(IntStream.range(0, order.size()).boxed().toList())) {
            return graph;
        }
        Node last = graph.input();
        while (graph.hasSingleUser(last) && graph.users(last).getFirst().op() instanceof ZeroPad2d) {
            last = graph.users(last).getFirst();
        }
        Set<Node> readers = new HashSet<>(graph.users(last));
        if (readers.stream().allMatch(node -> node.op() instanceof Conv2d conv && conv.groups() == 1)) {
            return graph.rewrite((node, inputs) -> readers.contains(node)
                    ? new Node(node.name(), reordered((Conv2d) node.op(), order), inputs, node.origins())
                    : node.withInputs(inputs)).orElse(graph);
        }
        String name = uniqueName(graph);
        return graph.rewrite((node, inputs) -> node.op() instanceof Input
                ? new Node(name, selection(order.size(), order), List.of(node), node.origins())
                : node.withInputs(inputs)).orElse(graph);
    }

    private static String uniqueName(Graph graph) {
        Set<String> taken = graph.nodes().stream().map(Node::name).collect(Collectors.toSet());
        String name = "reordered";
        while (taken.contains(name)) {
            name += "_";
        }
        return name;
    }

    private static Conv2d reordered(Conv2d conv, List<Integer> order) {
        Tensor kernel = conv.kernel();
        int channels = kernel.dimension(2);
        int filters = kernel.dimension(3);
        Tensor next = Tensor.lazy(kernel.name(), kernel.shape(), () -> {
            float[] values = new float[kernel.elementCount()];
            for (int row = 0; row < values.length / filters; row++) {
                int target = row - row % channels + order.get(row % channels);
                System.arraycopy(kernel.values(), row * filters, values, target * filters, filters);
            }
            return values;
        });
        return conv.withWeights(next, conv.bias());
    }

    /** A convolution that yields some of the channels of an image, as they are. */
    public static Conv2d selection(int channels, List<Integer> order) {
        Tensor kernel = Tensor.lazy("selection", List.of(1, 1, channels, order.size()), () -> {
            float[] values = new float[channels * order.size()];
            for (int filter = 0; filter < order.size(); filter++) {
                values[order.get(filter) * order.size() + filter] = 1;
            }
            return values;
        });
        return new Conv2d(Window.POINTWISE, 1, kernel, Optional.empty(), Fusion.NONE);
    }

    /** The order in which a convolution yields all channels as they are; empty if it does anything else. */
    public static Optional<List<Integer>> order(Op op) {
        if (!(op instanceof Conv2d conv) || !conv.window().equals(Window.POINTWISE) || conv.groups() != 1
                || conv.bias().isPresent() || conv.kernel().dimension(2) != conv.kernel().dimension(3)
                || conv.kernel().dimension(2) > MOST_COLORS) {
            return Optional.empty();
        }
        int count = conv.kernel().dimension(2);
        List<Integer> order = new ArrayList<>();
        for (int filter = 0; filter < count; filter++) {
            for (int channel = 0; channel < count; channel++) {
                if (conv.kernel().values()[channel * count + filter] != 0) {
                    order.add(channel);
                }
            }
        }
        boolean isOrder = order.stream().sorted().toList().equals(IntStream.range(0, count).boxed().toList())
                && Arrays.equals(selection(count, order).kernel().values(), conv.kernel().values());
        return isOrder ? Optional.of(order) : Optional.empty();
    }
}
