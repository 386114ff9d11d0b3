package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Op;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Operators as the language has words for them: {@code conv2d with a group for each channel -> depthwise_conv2d}. */
final class LanguageOps {

    private final Map<Node, Op> opsByNode = new HashMap<>();
    private final IdentityHashMap<Tensor, Tensor> reshaped = new IdentityHashMap<>();

    /** A node's operator; layers that share a kernel still do. */
    Op of(Node node) {
        return opsByNode.computeIfAbsent(node,
                _ -> node.op() instanceof Conv2d convolution && convolution.groups() > 1
                        && convolution.groups() == convolution.channelsIn() ? depthwise(convolution) : node.op());
    }

    private DepthwiseConv2d depthwise(Conv2d convolution) {
        Tensor kernel = convolution.kernel();
        List<Integer> shape = List.of(kernel.dimension(0), kernel.dimension(1), convolution.groups(),
                kernel.dimension(3) / convolution.groups());
        return new DepthwiseConv2d(convolution.window(),
                reshaped.computeIfAbsent(kernel, _ -> Tensor.lazy(kernel.name(), shape, kernel::values)),
                convolution.bias(), convolution.fusion());
    }
}
