package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code depthwise_conv2d multiplier m(x) -> depthwise_conv2d multiplier 1(repeat_channels m(x))}, also where it is
 * the first half of a separable convolution.
 */
public final class ExpandMultiplier implements Pass {

    @Override
    public boolean isRequired() {
        return true;
    }

    @Override
    public Optional<Graph> apply(Graph graph) {
        DerivedWeights weights = new DerivedWeights();
        return graph.rewrite((node, inputs) -> {
            if (node.op() instanceof DepthwiseConv2d depthwise && depthwise.multiplier() > 1) {
                return expanded(node, inputs, depthwise.multiplier(), withoutMultiplier(depthwise, weights));
            }
            if (node.op() instanceof SeparableConv2d separable && separable.depthwise().multiplier() > 1) {
                DepthwiseConv2d depthwise = separable.depthwise();
                return expanded(node, inputs, depthwise.multiplier(),
                        separable.withDepthwise(withoutMultiplier(depthwise, weights)));
            }
            return node.withInputs(inputs);
        });
    }

    private static Node expanded(Node node, List<Node> inputs, int multiplier, Convolution convolution) {
        List<Node> read = new ArrayList<>(inputs);
        read.set(0, new Node(node.name() + "@repeat", new RepeatChannels(multiplier), List.of(inputs.getFirst()),
                List.of(origin(node))));
        return new Node(node.name(), convolution, read, node.origins());
    }

    /** The layer of a node's name; where it is a part of a layer, that one. */
    private static Node.Origin origin(Node node) {
        return node.origins().stream().filter(origin -> origin.name().equals(node.name())).findFirst()
                .orElse(node.origins().getFirst());
    }

    /**
     * Channels are the kernel's last axis but one, the multiplier its last: as one axis they stand in the order of the
     * results.
     */
    private static DepthwiseConv2d withoutMultiplier(DepthwiseConv2d convolution, DerivedWeights weights) {
        Tensor kernel = convolution.kernel();
        Tensor reshaped = weights.reshaped(kernel,
                List.of(kernel.dimension(0), kernel.dimension(1), convolution.channelsOut(), 1));
        return convolution.withWeights(reshaped, convolution.bias());
    }
}
