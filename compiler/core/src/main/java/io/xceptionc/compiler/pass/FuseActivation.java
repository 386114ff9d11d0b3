package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.JoinPhases;
import java.util.Optional;

/**
 * {@code activation(convolution(x)) -> convolution+activation(x)} where nothing else reads the convolution. Of two in a
 * row the second is fused if both are clamps, as they are one then. So it is with all convolutions that yield phases of
 * what an activation reads.
 */
public final class FuseActivation implements Pass {

    @Override
    public Optional<Graph> apply(Graph graph) {
        return graph.rewrite((node, inputs) -> {
            if (!(node.op() instanceof Activate(Activation activation)) || !graph.hasSingleUser(node.input())) {
                return node.withInputs(inputs);
            }
            Node value = inputs.getFirst();
            if (canTakeIn(value, activation)) {
                return fused(activation, value, node);
            }
            boolean areAllPhases = value.op() instanceof JoinPhases
                    && node.input().inputs().stream().allMatch(graph::hasSingleUser)
                    && value.inputs().stream().allMatch(phase -> canTakeIn(phase, activation));
            return areAllPhases
                    ? value.withInputs(value.inputs().stream().map(phase -> fused(activation, phase, node)).toList())
                            .withOrigins(Node.originsOf(value, node))
                    : node.withInputs(inputs);
        });
    }

    private static boolean canTakeIn(Node value, Activation activation) {
        return value.op() instanceof Convolution convolution
                && canFollow(convolution.fusion().activation(), activation);
    }

    private static boolean canFollow(Activation fused, Activation next) {
        return (fused.equals(Activation.IDENTITY) && next.isFusible()) || (fused.isClamp() && next.isClamp());
    }

    private static Node fused(Activation activation, Node node, Node activate) {
        Convolution convolution = (Convolution) node.op();
        Fusion fusion = convolution.fusion();
        Activation both = activation.isClamp() ? fusion.activation().thenClamp(activation) : activation;
        return new Node(node.name(), convolution.withFusion(fusion.withActivation(both)), node.inputs(),
                Node.originsOf(node, activate));
    }
}
