package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Fusion;
import java.util.Optional;

/**
 * {@code activation(convolution(x)) -> convolution+activation(x)} where nothing else reads the convolution. Of two in a row the second
 * is fused if both are clamps, as they are one then.
 */
public final class FuseActivation implements Pass {

    @Override
    public Optional<Graph> apply(Graph graph) {
        return graph.rewrite((node, inputs) -> node.op() instanceof Activate(Activation activation)
                && graph.hasSingleUser(node.input())
                && inputs.getFirst().op() instanceof Convolution convolution
                && canFollow(convolution.fusion().activation(), activation)
                        ? fused(convolution, activation, inputs.getFirst(), node)
                        : node.withInputs(inputs));
    }

    private static boolean canFollow(Activation fused, Activation next) {
        return (fused.equals(Activation.IDENTITY) && next.isFusible()) || (fused.isClamp() && next.isClamp());
    }

    private static Node fused(Convolution convolution, Activation activation, Node node, Node activate) {
        Fusion fusion = convolution.fusion();
        Activation both = activation.isClamp() ? fusion.activation().thenClamp(activation) : activation;
        return new Node(node.name(), convolution.withFusion(fusion.withActivation(both)), node.inputs(),
                Node.originsOf(node, activate));
    }
}
