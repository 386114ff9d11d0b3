package io.xceptionc.compiler.emit;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.testing.Differential;
import io.xceptionc.compiler.testing.RandomGraphs;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class ModelEmitterTest {

    @Property(tries = 60, seed = "1", shrinking = ShrinkingMode.OFF)
    void generatedCodeEqualsTheInterpreter(@ForAll("graphs") Graph graph) {
        Differential.assertComputes(graph);
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return RandomGraphs.graphs();
    }
}
