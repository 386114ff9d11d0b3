package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Multiply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code conv2d(affine(x)) -> scale+conv2d(x)} and {@code conv2d(multiply(x, gate)) -> gate+conv2d(x, gate)}, where the
 * gate has one element for each channel and all that read the product are convolutions that read each of its elements
 * once. Others may read x as it is.
 */
public final class ScaleInputs implements Pass {

    /**
     * A value as the product of another.
     *
     * @param scaled the place of that among the node's inputs
     * @param stage what the node does with it
     * @param operands the places of what it needs for that
     */
    private record Scaling(int scaled, Fusion.Stage stage, List<Integer> operands) {}

    @Override
    public Optional<Graph> apply(Graph graph) {
        Set<Node> takenOver =
                graph.nodes().stream().filter(node -> isTakenOver(node, graph)).collect(Collectors.toSet());
        return graph.rewrite((node, inputs) -> !inputs.isEmpty() && takenOver.contains(node.input())
                ? scaling(node, inputs)
                : node.withInputs(inputs));
    }

    private static boolean isTakenOver(Node node, Graph graph) {
        return scaling(node).isPresent() && graph.users(node).stream().allMatch(user -> canScale(user, node));
    }

    private static boolean canScale(Node user, Node product) {
        return user.op() instanceof Conv2d conv && conv.canScaleInputs() && conv.fusion().inputScaling().isEmpty()
                && user.input() == product && Collections.frequency(user.inputs(), product) == 1;
    }

    private static Optional<Scaling> scaling(Node node) {
        return switch (node.op()) {
            case Affine affine -> Optional.of(new Scaling(0, new Fusion.Stage.Scale(affine), List.of()));
            case Multiply _ when isGate(node, 1) -> Optional.of(new Scaling(0, new Fusion.Stage.Gate(), List.of(1)));
            case Multiply _ when isGate(node, 0) -> Optional.of(new Scaling(1, new Fusion.Stage.Gate(), List.of(0)));
            default -> Optional.empty();
        };
    }

    /** Whether one of two factors has one element for each channel of the other. */
    private static boolean isGate(Node product, int index) {
        List<Node> factors = product.inputs();
        return factors.size() == 2 && factors.get(1 - index).type().equals(product.type())
                && factors.get(index).type().pixelCount() == 1
                && factors.get(index).type().channels() == product.type().channels();
    }

    private static Node scaling(Node node, List<Node> inputs) {
        Node product = inputs.getFirst();
        Scaling scaling = scaling(product).orElseThrow();
        List<Node> read = new ArrayList<>(inputs);
        read.set(0, product.inputs().get(scaling.scaled()));
        scaling.operands().forEach(index -> read.add(1, product.inputs().get(index)));
        Conv2d conv = (Conv2d) node.op();
        return new Node(node.name(), conv.withFusion(conv.fusion().withScaledInput(scaling.stage())), read,
                Node.originsOf(product, node));
    }
}
