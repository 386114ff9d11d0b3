package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Window;
import java.util.Optional;

/** How much zero border each value needs, so that no window that slides over it leaves its memory. */
final class Borders {

    private Borders() {}

    /** The border that all users of a node together ask for. */
    static Padding required(Graph graph, Node node) {
        Padding border = Padding.NONE;
        for (Node user : graph.users(node)) {
            Optional<Window> window = slidingWindow(user.op());
            if (window.isPresent() && user.input() == node) {
                border = max(border, reach(window.get(), node.type(), computed(user)));
            }
        }
        return border;
    }

    private static Optional<Window> slidingWindow(Op op) {
        return switch (op) {
            case Conv2d conv -> Optional.of(conv.window());
            case DepthwiseConv2d conv -> Optional.of(conv.window());
            case SeparableConv2d conv -> Optional.of(conv.depthwise().window());
            default -> Optional.empty();
        };
    }

    /** The result with all that is computed of it. */
    private static TensorType computed(Node user) {
        return WinogradConvolutions.fits(user) ? WinogradConvolutions.wholeSquares(user.type()) : user.type();
    }

    private static Padding reach(Window window, TensorType input, TensorType output) {
        Padding padding = window.padding();
        int bottom =
                beyond(output.height(), window.strideHeight(), window.extentHeight(), padding.top(), input.height());
        int right = beyond(output.width(), window.strideWidth(), window.extentWidth(), padding.left(), input.width());
        return new Padding(padding.top(), bottom, padding.left(), right);
    }

    /** How far the last position of a window reaches beyond the input's end. */
    private static int beyond(int outputSize, int stride, int extent, int paddingBefore, int inputSize) {
        long last = (outputSize - 1L) * stride + extent - 1 - paddingBefore;
        return Math.toIntExact(Math.max(0, last - (inputSize - 1)));
    }

    static Padding max(Padding a, Padding b) {
        return new Padding(Math.max(a.top(), b.top()), Math.max(a.bottom(), b.bottom()), Math.max(a.left(), b.left()),
                Math.max(a.right(), b.right()));
    }
}
