package io.xceptionc.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.pass.Pipeline;
import io.xceptionc.compiler.testing.RandomGraphs;
import io.xceptionc.compiler.testing.Sketch;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PlannerTest {

    @Property(tries = 200)
    void liveBuffersNeverOverlap(@ForAll("plans") MemoryPlan plan) {
        List<Buffer> buffers = plan.buffers();
        for (int i = 0; i < buffers.size(); i++) {
            for (Buffer other : buffers.subList(i + 1, buffers.size())) {
                Buffer buffer = buffers.get(i);
                assertTrue(!buffer.conflictsWith(other), () -> buffer + " and " + other);
            }
        }
    }

    @Property(tries = 200)
    void thePeakIsNoLessThanWhatLivesAtOnceAndNoMoreThanEverything(@ForAll("plans") MemoryPlan plan) {
        long sum = plan.buffers().stream().mapToLong(Buffer::bytes).sum();
        assertTrue(plan.lowerBoundBytes() <= plan.arenaBytes() && plan.arenaBytes() <= sum,
                () -> plan.lowerBoundBytes() + " <= " + plan.arenaBytes() + " <= " + sum);
    }

    @Property(tries = 200)
    void everythingIsAligned(@ForAll("plans") MemoryPlan plan) {
        for (Buffer buffer : plan.buffers()) {
            assertEquals(0, buffer.byteOffset() % 64, () -> buffer.toString());
            assertEquals(0, buffer.bytes() % 64, () -> buffer.toString());
        }
        for (Step step : plan.steps()) {
            assertEquals(0, step.output().byteOffset() % 64, () -> step.toString());
        }
    }

    @Property(tries = 200)
    void everyValueLiesInABufferThatLivesFromItsWriteToItsLastRead(@ForAll("plans") MemoryPlan plan) {
        for (Step step : plan.steps()) {
            for (int i = 0; i < step.nodes().size() && !(step.op() instanceof Output); i++) {
                assertLiesInABuffer(plan, step.nodes().get(i), step.outputs().get(i));
            }
        }
    }

    private static void assertLiesInABuffer(MemoryPlan plan, Node node, ImageLayout layout) {
        Buffer buffer = plan.buffers().stream().filter(candidate -> candidate.values().contains(node)).findFirst()
                .orElseThrow();
        assertTrue(buffer.byteOffset() <= layout.byteOffset(), () -> node + " in " + buffer);
        assertTrue(layout.byteOffset() + layout.bytes() <= buffer.byteOffset() + buffer.bytes(),
                () -> node + " in " + buffer);
        assertTrue(buffer.lifetime().overlaps(lifetime(plan, node)), () -> node + " in " + buffer);
        assertEquals(buffer.lifetime(), buffer.lifetime().union(lifetime(plan, node)), () -> node + " in " + buffer);
    }

    @Property(tries = 200)
    void stepsReadWhereOthersWrote(@ForAll("plans") MemoryPlan plan) {
        for (Step step : plan.steps()) {
            for (int i = 0; i < step.inputs().size(); i++) {
                Node input = step.firstNode().inputs().get(i);
                Step writer = plan.steps().get(index(plan, input));
                assertEquals(writer.outputs().get(writer.nodes().indexOf(input)), step.inputs().get(i),
                        () -> input + " of " + step);
            }
        }
    }

    @Property(tries = 100)
    void theSameGraphHasTheSamePlan(@ForAll("graphs") Graph graph) {
        assertEquals(Planner.plan(graph), Planner.plan(graph));
    }

    /**
     * Values that share memory without being a concatenation and its parts are written one after the other's last read.
     */
    @Property(tries = 200)
    void nothingIsOverwrittenThatIsReadLater(@ForAll("plans") MemoryPlan plan) {
        for (Buffer buffer : plan.buffers()) {
            Set<Node> values = new HashSet<>(buffer.values());
            if (values.stream().anyMatch(node -> node.op() instanceof Concat)) {
                continue;
            }
            List<Lifetime> lifetimes = buffer.values().stream().map(node -> lifetime(plan, node)).toList();
            for (int i = 1; i < lifetimes.size(); i++) {
                assertEquals(lifetimes.get(i - 1).last(), lifetimes.get(i).first(), () -> buffer.toString());
            }
        }
    }

    @Test
    void refusesWhatNoKernelComputes() {
        Sketch sketch = new Sketch(1);
        Graph graph = sketch.build(sketch.add(sketch.batchNorm(3, 1e-3, true, true), sketch.input(2, 2, 3)));
        assertEquals("a pass left 'batch_norm': batch_norm",
                assertThrows(IllegalStateException.class, () -> Planner.plan(graph)).getMessage());
    }

    @Test
    void plansDeepNetworksQuickly() {
        Sketch sketch = new Sketch(1);
        Node last = sketch.input(2, 2, 1);
        List<Node> wide = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            last = sketch.add(sketch.conv2d(1, 1, Window.POINTWISE, 1, false), last);
            wide.add(sketch.add(new Activate(Activation.RELU), last));
        }
        Graph graph = sketch.build(sketch.add(new Concat(), wide.toArray(Node[]::new)));
        MemoryPlan plan = assertTimeout(Duration.ofMinutes(2), () -> Planner.plan(graph));
        assertEquals(plan.lowerBoundBytes(), plan.arenaBytes());
    }

    @Test
    void plansDeeplyNestedConcatenationsQuickly() {
        Sketch sketch = new Sketch(1);
        Node input = sketch.input(1, 1, 32);
        Node last = sketch.add(sketch.conv2d(32, 32, Window.POINTWISE, 1, false), input);
        for (int i = 0; i < 2_000; i++) {
            last = sketch.add(new Concat(), last, sketch.add(sketch.conv2d(32, 32, Window.POINTWISE, 1, false), input));
        }
        Graph graph = sketch.build(last);
        MemoryPlan plan = assertTimeout(Duration.ofMinutes(2), () -> Planner.plan(graph));
        assertEquals(2, plan.buffers().size());
        assertEquals(List.of(), plan.steps().stream()
                .filter(step -> step.op() instanceof Concat && step.copiedInputs().contains(true)).toList());
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return Arbitraries.oneOf(RandomGraphs.graphs(), RandomGraphs.graphsOfSeveralOutputs())
                .map(graph -> Pipeline.STANDARD.run(graph).graph());
    }

    @Provide
    Arbitrary<MemoryPlan> plans() {
        return graphs().map(Planner::plan);
    }

    /** The number of the step that computes a node. */
    private static int index(MemoryPlan plan, Node node) {
        return IntStream.range(0, plan.steps().size()).filter(i -> plan.steps().get(i).nodes().contains(node))
                .findFirst().orElseThrow();
    }

    private static Lifetime lifetime(MemoryPlan plan, Node node) {
        int first = index(plan, node);
        return new Lifetime(first,
                plan.graph().users(node).stream().mapToInt(user -> index(plan, user)).max().orElse(first));
    }
}
