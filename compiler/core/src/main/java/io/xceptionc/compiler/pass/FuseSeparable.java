package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code conv2d 1x1(depthwise_conv2d(x)) -> separable_conv2d(x)} where nothing else reads the depthwise convolution;
 * its activation and the pointwise one's residual and activation stay.
 */
public final class FuseSeparable implements Pass {

    @Override
    public Optional<Graph> apply(Graph graph) {
        DerivedWeights weights = new DerivedWeights();
        return graph.rewrite((node, inputs) -> node.op() instanceof Conv2d pointwise
                && isSecondHalf(pointwise)
                && graph.hasSingleUser(node.input())
                && inputs.getFirst().op() instanceof DepthwiseConv2d depthwise
                && !depthwise.fusion().residual()
                        ? fused(node, inputs, weights.moveBias(separable(depthwise, pointwise)))
                        : node.withInputs(inputs));
    }

    private static boolean isSecondHalf(Conv2d convolution) {
        Window window = convolution.window();
        boolean readsAllPixels = window.isPointwise() && window.strideHeight() == 1 && window.strideWidth() == 1;
        return readsAllPixels && convolution.groups() == 1 && convolution.fusion().prologue().isEmpty();
    }

    private static SeparableConv2d separable(DepthwiseConv2d depthwise, Conv2d pointwise) {
        return new SeparableConv2d(depthwise, pointwise.kernel(), pointwise.bias(),
                pointwise.fusion().epilogue());
    }

    private static Node fused(Node node, List<Node> inputs, SeparableConv2d separable) {
        Node depthwise = inputs.getFirst();
        List<Node> read = new ArrayList<>(inputs);
        read.set(0, depthwise.input());
        return new Node(node.name(), separable, read, Node.originsOf(depthwise, node));
    }
}
