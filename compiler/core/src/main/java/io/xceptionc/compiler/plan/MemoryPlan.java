package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Graph;
import java.util.List;

/**
 * What a run does, in order, and where everything lies.
 *
 * @param graph what is computed
 * @param steps in the order of their execution
 * @param buffers the memory of all values
 * @param arenaBytes the size of the arena
 * @param lowerBoundBytes the size of what lives at once at the worst step: no plan can do with less
 * @param rows how the matrix rows lie that each thread works on
 */
public record MemoryPlan(
        Graph graph,
        List<Step> steps,
        List<Buffer> buffers,
        long arenaBytes,
        long lowerBoundBytes,
        RowsPlan rows) {

    public MemoryPlan {
        steps = List.copyOf(steps);
        buffers = List.copyOf(buffers);
    }
}
