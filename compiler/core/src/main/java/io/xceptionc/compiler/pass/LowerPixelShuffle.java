package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.DepthToSpace;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.JoinPhases;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SpaceToDepth;
import io.xceptionc.compiler.graph.op.SplitPhases;
import java.util.List;
import java.util.Optional;

/**
 * {@code depth_to_space(x) -> join_phases(x)} and {@code space_to_depth(x) -> split_phases(x)}. Where PyTorch has all
 * pixels of a channel together, a {@code channel_shuffle} brings them into the order in which they can be moved by
 * blocks of channels; or the convolution that nothing else reads yields them in that order.
 */
public final class LowerPixelShuffle implements Pass {

    @Override
    public boolean isRequired() {
        return true;
    }

    @Override
    public Optional<Graph> apply(Graph graph) {
        DerivedWeights weights = new DerivedWeights();
        return graph.rewrite((node, inputs) -> {
            if (node.op() instanceof DepthToSpace(int block, PixelOrder order)) {
                Node phases = order == PixelOrder.TENSORFLOW
                        ? inputs.getFirst()
                        : ordered(node, inputs.getFirst(), graph.hasSingleUser(node.input()), weights);
                return new Node(node.name(), new JoinPhases(block, block, Padding.NONE), List.of(phases),
                        node.origins());
            }
            return node.op() instanceof SpaceToDepth(int block, PixelOrder order)
                    ? split(node, inputs, block, order)
                    : node.withInputs(inputs);
        });
    }

    private static Node split(Node node, List<Node> inputs, int block, PixelOrder order) {
        SplitPhases split = new SplitPhases(block);
        return order == PixelOrder.TENSORFLOW
                ? new Node(node.name(), split, inputs, node.origins())
                : new Node(node.name(), new ShuffleChannels(block * block),
                        List.of(beside(node, "split", split, inputs.getFirst())), node.origins());
    }

    /** With the first pixels of all channels before the second ones. */
    private static Node ordered(Node node, Node input, boolean isReadOnce, DerivedWeights weights) {
        int channels = node.type().channels();
        if (isReadOnce && input.op() instanceof Conv2d conv && conv.groups() == 1
                && conv.fusion().equals(Fusion.NONE)) {
            return new Node(input.name() + "@phases", weights.turned(conv, channels), input.inputs(), input.origins());
        }
        return beside(node, "order", new ShuffleChannels(channels), input);
    }

    private static Node beside(Node node, String what, Op op, Node input) {
        return new Node(node.name() + "@" + what, op, List.of(input),
                List.of(new Node.Origin(node.name(), node.span())));
    }
}
