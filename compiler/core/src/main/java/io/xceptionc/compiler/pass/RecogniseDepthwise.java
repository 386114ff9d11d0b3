package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import java.util.List;
import java.util.Optional;

/**
 * {@code conv2d(x) with as many groups as channels -> depthwise_conv2d(x)}: how PyTorch writes depthwise convolutions.
 */
public final class RecogniseDepthwise implements Pass {

    @Override
    public Optional<Graph> apply(Graph graph) {
        DerivedWeights weights = new DerivedWeights();
        return graph
                .rewrite((node, inputs) -> node.op() instanceof Conv2d convolution && hasGroupPerChannel(convolution)
                        ? new Node(node.name(), depthwise(convolution, weights), inputs, node.origins())
                        : node.withInputs(inputs));
    }

    private static boolean hasGroupPerChannel(Conv2d convolution) {
        return convolution.groups() > 1 && convolution.groups() == convolution.channelsIn();
    }

    private static DepthwiseConv2d depthwise(Conv2d convolution, DerivedWeights weights) {
        Tensor kernel = convolution.kernel();
        int multiplier = kernel.dimension(3) / convolution.groups();
        List<Integer> shape = List.of(kernel.dimension(0), kernel.dimension(1), convolution.groups(), multiplier);
        return new DepthwiseConv2d(convolution.window(), weights.reshaped(kernel, shape), convolution.bias(),
                convolution.fusion());
    }
}
