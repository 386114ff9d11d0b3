package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * {@code add(convolution(x), y, ...) -> convolution+residual(x, add(y, ...))} for each convolution without activation
 * that nothing else reads; the one with the most work comes last. Depthwise convolutions are left out, as they
 * multiply no matrices and have no place for it. A sum of one is no sum, and what is added must have the sum's shape.
 */
public final class FuseResidual implements Pass {

    @Override
    public Optional<Graph> apply(Graph graph) {
        return graph.rewrite((node, inputs) -> node.op() instanceof Add && inputs.size() > 1
                && inputs.stream().allMatch(input -> input.type().equals(node.type()))
                        ? fuse(graph, node, inputs)
                        : node.withInputs(inputs));
    }

    private static Node fuse(Graph graph, Node add, List<Node> inputs) {
        List<Node> convolutions = new ArrayList<>();
        List<Node> others = new ArrayList<>();
        for (int index = 0; index < inputs.size(); index++) {
            (takesResidual(graph, add.inputs().get(index)) ? convolutions : others).add(inputs.get(index));
        }
        if (convolutions.isEmpty()) {
            return add.withInputs(inputs);
        }
        convolutions.sort(Comparator.comparingLong(FuseResidual::work));
        if (others.isEmpty()) {
            others.add(convolutions.removeFirst());
        }
        Node sum = others.size() == 1 ? others.getFirst() : new Node(add.name(), add.op(), others, add.origins());
        for (Node convolution : convolutions) {
            sum = withResidual(convolution, sum, add);
        }
        return sum;
    }

    /** As nothing but the sum reads it, no other summand can depend on it: no cycle comes of the fusion. */
    private static boolean takesResidual(Graph graph, Node node) {
        return graph.hasSingleUser(node)
                && node.op() instanceof Convolution convolution
                && !(convolution instanceof DepthwiseConv2d)
                && !convolution.fusion().residual()
                && convolution.fusion().activation().equals(Activation.IDENTITY);
    }

    private static long work(Node node) {
        return node.op().multiplyAccumulates(node.inputs().stream().map(Node::type).toList());
    }

    private static Node withResidual(Node node, Node residual, Node add) {
        Convolution convolution = (Convolution) node.op();
        Fusion fusion = convolution.fusion().withResidual();
        List<Node> inputs = new ArrayList<>(node.inputs());
        inputs.add(residual);
        return new Node(node.name(), convolution.withFusion(fusion), inputs,
                Node.originsOf(node, add));
    }
}
