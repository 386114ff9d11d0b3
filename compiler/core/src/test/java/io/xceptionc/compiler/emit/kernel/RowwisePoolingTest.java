package io.xceptionc.compiler.emit.kernel;

import static io.xceptionc.compiler.emit.kernel.KernelChain.dilated;
import static io.xceptionc.compiler.emit.kernel.KernelChain.strided;
import static io.xceptionc.compiler.emit.kernel.KernelChain.window;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.plan.Computation;
import io.xceptionc.compiler.plan.Planner;
import io.xceptionc.compiler.testing.Differential;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A convolution and the pool behind it, which its step computes along, in any number of parts. */
class RowwisePoolingTest {

    private static final int CHANNELS = 384;

    private static final List<Window> WINDOWS = List.of(strided(3, 3, 2, 2),
            new Window(3, 3, 2, 2, 1, 1, new Padding(1, 1, 1, 1)), strided(2, 2, 2, 2), window(3, 3),
            new Window(5, 2, 1, 4, 1, 1, new Padding(2, 2, 0, 1)), strided(2, 2, 7, 3), dilated(2, 2, 9, 3),
            new Window(60, 3, 1, 1, 1, 1, new Padding(0, 0, 1, 1)));

    @Test
    void poolsUnderAnyWindow() {
        KernelChain chain = new KernelChain(61, 45, 3);
        Node image = chain.last();
        for (Window window : WINDOWS) {
            Node convolved = chain.sketch.add(chain.sketch.conv2d(3, CHANNELS, window(1, 1), 1, true), image);
            chain.beside(new Pool2d(Reduction.MAX, window, false), convolved);
        }
        Node separable = chain.sketch.add(chain.sketch.separable(3, 1, 2 * CHANNELS, window(1, 3), true), image);
        chain.beside(new Pool2d(Reduction.MEAN, WINDOWS.getFirst(), false), separable);
        Graph graph = chain.graph();
        assertEquals(WINDOWS.size() + 1, poolsComputedAlong(graph));
        Differential.assertComputesUnchanged(graph);
    }

    private static long poolsComputedAlong(Graph graph) {
        return Planner.plan(graph).steps().stream()
                .filter(step -> step.computation() instanceof Computation.PooledProduct).count();
    }
}
