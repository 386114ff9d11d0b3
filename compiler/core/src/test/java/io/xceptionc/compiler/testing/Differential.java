package io.xceptionc.compiler.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.xceptionc.compiler.graph.Graph;

/** Holds generated code against the interpreter. */
public final class Differential {

    private Differential() {}

    /**
     * The code of a graph computes what the graph means, to the same bits for every width of vectors and any number of
     * parts, and no step touches what is none of its business.
     */
    public static void assertComputes(Graph graph) {
        assertComputes(graph, GeneratedCode.of(graph));
    }

    /** The same of a graph that no pass sees. */
    public static void assertComputesUnchanged(Graph graph) {
        assertComputes(graph, GeneratedCode.ofKernelOps(graph));
    }

    private static void assertComputes(Graph graph, GeneratedCode code) {
        float[] image = RandomGraphs.image(graph);
        float[] result = SteppedRun.run(code, 512, 1, image);
        Comparison.assertComputes(graph, result);
        assertArrayEquals(result, SteppedRun.run(code, 256, 5, image), "256 bits, 5 parts");
        assertArrayEquals(result, SteppedRun.run(code, 128, 2, image), "128 bits, 2 parts");
        assertArrayEquals(result, code.run(512, 3, image), "512 bits, 3 parts");
    }
}
