package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.TransientOp;
import java.util.Optional;

/** {@code batch_norm(x) -> affine(x)}, and so scales, for those that no convolution has taken in. */
public final class LowerBatchNorm implements Pass {

    @Override
    public boolean isRequired() {
        return true;
    }

    @Override
    public Optional<Graph> apply(Graph graph) {
        DerivedWeights weights = new DerivedWeights();
        return graph.rewrite((node, inputs) -> node.op() instanceof TransientOp
                ? PerChannelScaling.of(node)
                        .map(scaling -> new Node(node.name(), weights.affine(scaling, node.type().channels()), inputs,
                                node.origins()))
                        .orElseGet(() -> node.withInputs(inputs))
                : node.withInputs(inputs));
    }
}
