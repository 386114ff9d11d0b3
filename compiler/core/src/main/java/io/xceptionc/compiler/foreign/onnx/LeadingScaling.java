package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.AffineNorms;
import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.foreign.InputChannels;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Output;
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
            FileScaling both = next.op() instanceof BatchNorm norm && AffineNorms.isAffine(norm)
                    ? all.then(ofArray(scaling(norm)))
                    : FileScaling.NONE;
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

    private static FileScaling scaling(BatchNorm norm) {
        return new FileScaling(IntStream.range(0, norm.mean().elementCount())
                .mapToObj(channel -> new Linear(value(norm.gamma(), channel, 1), value(norm.beta(), channel, 0)))
                .toList());
    }

    private static double value(Optional<Tensor> tensor, int channel, double otherwise) {
        return tensor.map(values -> plain(values.values()[channel])).orElse(otherwise);
    }

    /** The number that a float was rounded from, if it is a plain one: {@code 1/255} of {@code 0.003921569}. */
    private static double plain(float number) {
        double inverse = 1 / (Math.rint(FINEST_DENOMINATOR / number) / FINEST_DENOMINATOR);
        return (float) inverse == number && number != 0 ? inverse : Double.parseDouble(Float.toString(number));
    }
}
