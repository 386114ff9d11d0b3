package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;

/** How much zero border each value needs, so that no window that slides over it leaves its memory. */
final class Borders {

    private Borders() {}

    /** The border that all users of a node together ask for. */
    static Padding required(Graph graph, Node node, Schedule schedule) {
        Padding border = Padding.NONE;
        for (Node user : graph.users(node)) {
            if (user.input() == node) {
                border = max(border, schedule.reader(user)
                        .map(computation -> computation.border(node.type(), user.type())).orElse(Padding.NONE));
            }
        }
        return border;
    }

    static Padding max(Padding a, Padding b) {
        return new Padding(Math.max(a.top(), b.top()), Math.max(a.bottom(), b.bottom()), Math.max(a.left(), b.left()),
                Math.max(a.right(), b.right()));
    }

    /** How far a window's taps reach outside its input, on its way over all pixels that are computed. */
    static Padding reach(Window window, TensorType input, TensorType computed) {
        Padding padding = window.padding();
        return new Padding(padding.top(),
                beyond(computed.height(), window.strideHeight(), window.extentHeight(), padding.top(), input.height()),
                padding.left(),
                beyond(computed.width(), window.strideWidth(), window.extentWidth(), padding.left(), input.width()));
    }

    /** How far the last position of a window reaches beyond the input's end. */
    private static int beyond(int outputSize, int stride, int extent, int paddingBefore, int inputSize) {
        long last = (outputSize - 1L) * stride + extent - 1 - paddingBefore;
        return Math.toIntExact(Math.max(0, last - (inputSize - 1)));
    }
}
