package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.testing.SpecText;
import org.junit.jupiter.api.Test;

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
            assertArrayEquals(usual.result(), refused.result());
        }
    }
}
