package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.foreign.InputChannels;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.ChannelScale;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Scale;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The factors and summands of channels that a network begins with become what is computed of its arrays:
 * {@code input -> scale -> conv} becomes {@code input -> conv}, and the scaling stands at the spec's input.
 *
 * <p>
 * A batch norm that was learned is a layer, and stays.
 */
final class LeadingScaling {

    /** A fraction is looked for whose denominator has so many digits behind the point. */
    private static final double FINEST_DENOMINATOR = 1000;

    /** What a spec can say. */
    private static final double GREATEST = 1e9;

    private final Graph graph;
    private final Set<Node> nodes = new LinkedHashSet<>();
    private final FileScaling scaling;
    private List<Integer> order;

    /** Of a graph whose tensors have values. */
    LeadingScaling(Graph graph) {
        this.graph = graph;
        int channels = graph.input().type().channels();
        FileScaling all = FileScaling.identity(channels);
        order = IntStream.range(0, channels).boxed().toList();
        boolean scales = false;
        Node last = graph.input();
        while (graph.hasSingleUser(last) && !isResult(graph.users(last).getFirst())) {
            Node next = graph.users(last).getFirst();
            Optional<List<Integer>> moved = InputChannels.order(next.op());
            FileScaling both = scaling(next).map(this::ofArray).map(all::then).orElse(FileScaling.NONE);
            if (moved.isPresent()) {
                order = moved.get().stream().map(order::get).toList();
            } else if (both.isNone() || !both.isWithin(GREATEST)) {
                break;
            } else {
                all = both;
                scales = true;
            }
            nodes.add(next);
            last = next;
        }
        scaling = scales ? all : FileScaling.NONE;
    }

    /** For the channels of the input, of which the network has another order by then. */
    private FileScaling ofArray(FileScaling channels) {
        return new FileScaling(IntStream.range(0, order.size())
                .mapToObj(channel -> channels.channels().get(order.indexOf(channel))).toList());
    }

    /** Whether nothing would be left of the network. */
    private boolean isResult(Node node) {
        return graph.users(node).stream().anyMatch(user -> user.op() instanceof Output);
    }

    /** What is computed first; nothing if the network begins otherwise. */
    FileScaling scaling() {
        return scaling;
    }

    /** The names of the nodes that compute it. */
    List<String> names() {
        return nodes.stream().map(Node::name).toList();
    }

    /** The network without it. */
    Graph rest() {
        Graph rest = graph
                .rewrite((node, inputs) -> nodes.contains(node) ? inputs.getFirst() : node.withInputs(inputs))
                .orElse(graph);
        return InputChannels.reordered(rest, order);
    }

    private static Optional<FileScaling> scaling(Node node) {
        int channels = node.type().channels();
        return switch (node.op()) {
            case Scale scale -> Optional.of(scaling(scale.factors(channels), scale.offsets(channels)));
            case ChannelScale(GammaBeta(var gamma, var beta)) ->
                    Optional.of(scaling(numbers(gamma, 1, channels), numbers(beta, 0, channels)));
            default -> Optional.empty();
        };
    }

    private static FileScaling scaling(List<Float> factors, List<Float> offsets) {
        return new FileScaling(IntStream.range(0, factors.size())
                .mapToObj(channel -> new Linear(plain(factors.get(channel)), plain(offsets.get(channel)))).toList());
    }

    private static List<Float> numbers(Optional<Tensor> tensor, float otherwise, int channels) {
        return IntStream.range(0, channels)
                .mapToObj(channel -> tensor.map(values -> values.values()[channel]).orElse(otherwise)).toList();
    }

    /** The number that a float was rounded from, if it is a plain one: {@code 1/255} of {@code 0.003921569}. */
    private static double plain(float number) {
        double inverse = 1 / (Math.rint(FINEST_DENOMINATOR / number) / FINEST_DENOMINATOR);
        return number != 0 && (float) inverse == number ? inverse : Double.parseDouble(Float.toString(number));
    }
}
