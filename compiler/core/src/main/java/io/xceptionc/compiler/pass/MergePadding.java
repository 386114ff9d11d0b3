package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
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
                    ? padded(node.op(), padding).map(op -> merged(kept, op)).orElse(kept)
                    : kept;
        });
    }

    private static Node merged(Node node, Op op) {
        Node padding = node.input();
        List<Node> inputs = new ArrayList<>(node.inputs());
        inputs.set(0, padding.input());
        return new Node(node.name(), op, inputs, Node.originsOf(padding, node));
    }

    private static Optional<Op> padded(Op op, Padding added) {
        return switch (op) {
            case ZeroPad2d(Padding own) -> Optional.of(new ZeroPad2d(own.plus(added)));
            case Conv2d convolution -> Optional.of(convolution.withWindow(padded(convolution.window(), added)));
            case DepthwiseConv2d convolution -> Optional.of(padded(convolution, added));
            case SeparableConv2d convolution ->
                    Optional.of(convolution.withDepthwise(padded(convolution.depthwise(), added)));
            case Pool2d pool -> padded(pool, added);
            case Input _,Output _,Dense _,GlobalPool2d _,Activate _,Add _,Affine _ -> Optional.empty();
            case Softmax _,Concat _,RepeatChannels _,Flatten _,BatchNorm _,Dropout _ -> Optional.empty();
        };
    }

    private static DepthwiseConv2d padded(DepthwiseConv2d convolution, Padding added) {
        return convolution.withWindow(padded(convolution.window(), added));
    }

    private static Optional<Op> padded(Pool2d pool, Padding added) {
        Window window = padded(pool.window(), added);
        boolean countsAllOrNone = pool.countsPadding() || pool.window().padding().equals(Padding.NONE);
        boolean exact = pool.reduction() == Reduction.MEAN && countsAllOrNone && window.alwaysMeetsImage();
        return exact ? Optional.of(new Pool2d(Reduction.MEAN, window, true)) : Optional.empty();
    }

    private static Window padded(Window window, Padding added) {
        return window.withPadding(window.padding().plus(added));
    }
}
