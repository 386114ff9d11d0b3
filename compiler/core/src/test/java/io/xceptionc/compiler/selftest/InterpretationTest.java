package io.xceptionc.compiler.selftest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.emit.GeneratedModel;
import io.xceptionc.compiler.emit.ModelEmitter;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.plan.Planner;
import io.xceptionc.compiler.testing.SpecText;
import io.xceptionc.runtime.SelfTest;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpretationTest {

    private static final Graph GRAPH = SpecText.of("""
            model: tiny
            input: {shape: [3, 2, 3]}
            layers: [relu, global_avg_pool2d]
            """).valid().graph();

    @Test
    void needsNoThreadThatTheSystemDoesNotGrant() {
        try (Interpretation usual = new Interpretation(GRAPH, true);
                Interpretation refused = new Interpretation(GRAPH, true, work -> new Thread(work) {
                    @Override
                    public void start() {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                })) {
            assertArrayEquals(usual.results().getFirst(), refused.results().getFirst());
        }
    }

    /** The more steps, the fewer elements of each, so that a runtime reads what a compiler wrote. */
    @ParameterizedTest
    @CsvSource({"10, 64", "6000, 22"})
    void aSelfTestHasABoundedNumberOfElements(int layers, int elements) {
        LoweredNetwork network = SpecText.of("model: test\ninput: {shape: [1, 1, 64]}\nlayers:\n  - repeat: " + layers
                + "\n    layers: [sigmoid]\n  - global_avg_pool2d\n").valid();
        Graph graph = network.graph();
        GeneratedModel model = ModelEmitter.emit(Planner.plan(graph), "generated");
        try (Interpretation interpretation = new Interpretation(graph, true)) {
            SelfTest test = interpretation.selfTest(model).orElseThrow();
            Set<Integer> counts = test.values().stream().filter(value -> value.step().contains("sigmoid"))
                    .map(value -> value.elements().size()).collect(Collectors.toSet());
            assertEquals(Set.of(elements), counts);
        }
    }
}
