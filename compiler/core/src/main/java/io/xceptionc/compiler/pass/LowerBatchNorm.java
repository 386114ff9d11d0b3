package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.BatchNorm;
import java.util.Optional;

/** {@code batch_norm(x) -> affine(x)}, for the norms that no convolution has taken in. */
public final class LowerBatchNorm implements Pass {

    @Override
    public boolean isRequired() {
        return true;
    }

    @Override
    public Optional<Graph> apply(Graph graph) {
        DerivedWeights weights = new DerivedWeights();
        return graph.rewrite((node, inputs) -> node.op() instanceof BatchNorm norm
                ? new Node(node.name(), weights.affine(new PerChannelScaling.OfBatchNorm(norm), node.type().channels()),
                        inputs, node.origins())
                : node.withInputs(inputs));
    }
}
