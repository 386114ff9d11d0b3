package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.emit.GeneratedModel;
import io.xceptionc.compiler.emit.ModelEmitter;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.lower.Network;
import io.xceptionc.compiler.plan.Planner;
import io.xceptionc.compiler.testing.SpecText;
import io.xceptionc.runtime.SelfTest;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpretationTest {

    /** The more steps, the fewer elements of each, so that a runtime reads what a compiler wrote. */
    @ParameterizedTest
    @CsvSource({"10, 64", "6000, 22"})
    void aSelfTestHasABoundedNumberOfElements(int layers, int elements) {
        Network network = SpecText.of("model: test\ninput: {shape: [1, 1, 64]}\nlayers:\n  - repeat: " + layers
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
