package io.xceptionc.compiler.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.testing.Comparison;
import io.xceptionc.compiler.testing.RandomGraphs;
import java.util.Arrays;
import java.util.Optional;
import java.util.SequencedMap;

/** What tests say of passes. */
final class PassAssertions {

    static final Window SAME_3X3 = new Window(3, 3, 1, 1, 1, 1, new Padding(1, 1, 1, 1));
    static final Window VALID_3X3 = new Window(3, 3, 1, 1, 1, 1, Padding.NONE);

    /** Of the scale: far above what the rounding of weights to float32 costs, far below what a wrong pass does. */
    private static final double TOLERANCE = Comparison.TOLERANCE;

    private PassAssertions() {}

    /** The pass makes one graph of another, which computes the same, and finds nothing more to do. */
    static Graph assertRewrites(Pass pass, Graph graph, String before, String after) {
        assertEquals(before, GraphPrinter.print(graph));
        Graph rewritten = Pipeline.applyChecked(pass, graph);
        assertEquals(after, GraphPrinter.print(rewritten));
        assertSameOutput(graph, rewritten);
        assertEquals(Optional.empty(), pass.apply(rewritten), "fires again");
        return rewritten;
    }

    /** The pass finds nothing to do. */
    static void assertLeaves(Pass pass, Graph graph) {
        String after = pass.apply(graph).map(GraphPrinter::print).orElse(null);
        assertEquals(null, after, "fires on\n" + GraphPrinter.print(graph));
    }

    /** Both graphs compute the same. */
    static void assertSameOutput(Graph expected, Graph actual) {
        float[] image = RandomGraphs.image(expected);
        SequencedMap<String, double[]> found = ReferenceInterpreter.outputs(actual, image);
        ReferenceInterpreter.outputs(expected, image)
                .forEach((name, wanted) -> assertSame(wanted, found.get(name), "output '" + name + "', element ",
                        actual));
    }

    private static void assertSame(double[] wanted, double[] found, String where, Graph actual) {
        assertEquals(wanted.length, found.length);
        double scale = Arrays.stream(wanted).map(Math::abs).max().orElseThrow();
        for (int index = 0; index < wanted.length; index++) {
            double error = Math.abs(wanted[index] - found[index]);
            String place = where + index + ": " + wanted[index] + " became " + found[index] + " in\n";
            assertTrue(error <= TOLERANCE * Math.max(scale, Comparison.SMALLEST_SCALE),
                    () -> place + GraphPrinter.print(actual));
        }
    }
}
