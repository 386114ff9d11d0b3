package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.AbsorbsPadding;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code f(zero_pad2d(x)) -> f'(x)}, f being a convolution, another padding, or average pooling that counts padding
 * or has none of its own. Max pooling keeps its zeros: to it, they are values, and padding is none.
 */
public final class MergePadding implements Pass {

    @Override
    public Optional<Graph> apply(Graph graph) {
        return graph.rewrite((node, inputs) -> {
            Node kept = node.withInputs(inputs);
            return !inputs.isEmpty() && inputs.getFirst().op() instanceof ZeroPad2d(Padding padding)
                    ? without(node.op(), padding).map(op -> merged(kept, op)).orElse(kept)
                    : kept;
        });
    }

    private static Node merged(Node node, Op op) {
        Node padding = node.input();
        List<Node> inputs = new ArrayList<>(node.inputs());
        inputs.set(0, padding.input());
        return new Node(node.name(), op, inputs, Node.originsOf(padding, node));
    }

    private static Optional<Op> without(Op op, Padding zeros) {
        return op instanceof AbsorbsPadding absorbing ? absorbing.withZerosAround(zeros) : Optional.empty();
    }
}
