package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Padding;

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
}
