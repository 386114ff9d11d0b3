package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Windowed;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code convolution(relu(x)) -> rectify+convolution(x)} where all that read the ReLU are convolutions of images.
 * Others may read x as it is.
 */
public final class RectifyInputs implements Pass {

    @Override
    public Optional<Graph> apply(Graph graph) {
        Set<Node> takenOver =
                graph.nodes().stream().filter(node -> isTakenOver(node, graph)).collect(Collectors.toSet());
        return graph.rewrite((node, inputs) -> {
            if (takenOver.contains(node)) {
                return inputs.getFirst();
            }
            return !inputs.isEmpty() && takenOver.contains(node.input())
                    ? rectifying(node, inputs)
                    : node.withInputs(inputs);
        });
    }

    private static boolean isTakenOver(Node node, Graph graph) {
        return node.op().equals(new Activate(Activation.RELU))
                && graph.users(node).stream().allMatch(user -> canRectify(user, node));
    }

    private static boolean canRectify(Node user, Node relu) {
        boolean ofImages = user.op() instanceof Convolution && user.op() instanceof Windowed;
        return ofImages && user.input() == relu && Collections.frequency(user.inputs(), relu) == 1;
    }

    private static Node rectifying(Node node, List<Node> inputs) {
        Convolution convolution = (Convolution) node.op();
        return new Node(node.name(), convolution.withFusion(convolution.fusion().withRectifiedInput()), inputs,
                Node.originsOf(node.input(), node));
    }
}
