package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code identity(x) -> x}, an identity being dropout, the identity activation, padding by nothing, the sum or
 * concatenation of one value, a vector flattened, each channel once, and a ReLU or ReLU6 of what already is clamped
 * as tightly.
 */
public final class RemoveIdentities implements Pass {

    @Override
    public boolean isRequired() {
        return true;
    }

    @Override
    public Optional<Graph> apply(Graph graph) {
        Map<Node, Node> sources = new HashMap<>();
        Map<Node, List<Node.Origin>> origins = new HashMap<>();
        for (Node node : graph.nodes()) {
            Node source = isIdentity(node, sources) ? sources.get(node.input()) : node;
            sources.put(node, source);
            origins.computeIfAbsent(source, _ -> new ArrayList<>()).addAll(node.origins());
        }
        return graph.rewrite((node, inputs) -> sources.get(node) == node
                ? node.withInputs(inputs).withOrigins(origins.get(node))
                : inputs.getFirst());
    }

    private static boolean isIdentity(Node node, Map<Node, Node> sources) {
        return switch (node.op()) {
            case Dropout _ -> true;
            case Add _,Concat _ -> node.inputs().size() == 1;
            case Activate(Activation activation) ->
                    activation.equals(Activation.IDENTITY) || isClamped(sources.get(node.input()), activation);
            case ZeroPad2d(Padding padding) -> padding.equals(Padding.NONE);
            case RepeatChannels(int count) -> count == 1;
            case Flatten _ -> node.input().type().flat();
            case Input _,Output _,Convolution _,Pool2d _,GlobalPool2d _,Softmax _,Affine _,BatchNorm _ -> false;
        };
    }

    private static boolean isClamped(Node source, Activation activation) {
        return source.op() instanceof Activate(Activation earlier) && earlier.isWithin(activation);
    }
}
