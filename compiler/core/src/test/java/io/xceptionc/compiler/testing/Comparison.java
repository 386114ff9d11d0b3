package io.xceptionc.compiler.testing;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.runtime.ExpectedValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.opentest4j.AssertionFailedError;

/**
 * Compares what a network yields with what it should: no error may be above 1e-4 of the scale, which is the greatest
 * expected magnitude, and what is not finite agrees with its like alone.
 */
public final class Comparison {

    /** The greatest error, as a part of the scale. */
    public static final double TOLERANCE = 1e-4;

    /**
     * What the scale is at least: where numbers near 1 cancel, float32 has not the digits for a finer comparison.
     */
    public static final double SMALLEST_SCALE = 1e-2;

    private Comparison() {}

    /**
     * Compares what something made of {@link RandomGraphs#image}, all outputs one after another, with what the graph
     * means.
     */
    public static void assertComputes(Graph graph, float[] actual) {
        SequencedMap<String, double[]> expected = ReferenceInterpreter.outputs(graph, RandomGraphs.image(graph));
        int start = 0;
        for (Node output : graph.outputs()) {
            double[] ofOutput = expected.get(((Output) output.op()).name());
            assertClose(output.type(), ofOutput, Arrays.copyOfRange(actual, start, start + ofOutput.length));
            start += ofOutput.length;
        }
    }

    /** Compares the meanings of two graphs, on {@link RandomGraphs#image}. */
    public static void assertEquivalent(Graph expected, Graph actual) {
        float[] image = RandomGraphs.image(expected);
        SequencedMap<String, double[]> meant = ReferenceInterpreter.outputs(expected, image);
        SequencedMap<String, double[]> found = ReferenceInterpreter.outputs(actual, image);
        for (Node output : expected.outputs()) {
            String name = ((Output) output.op()).name();
            assertClose(output.type(), meant.get(name), found.get(name));
        }
    }

    /** Compares float32 values with those expected; the type is their shape, for the message. */
    public static void assertClose(TensorType type, double[] expected, float[] actual) {
        assertClose(type, expected, IntStream.range(0, actual.length).mapToDouble(index -> actual[index]).toArray());
    }

    /** Compares values with those expected; the type is their shape, for the message. */
    public static void assertClose(TensorType type, double[] expected, double[] actual) {
        if (expected.length != actual.length) {
            throw new AssertionFailedError("%d elements instead of %d".formatted(actual.length, expected.length));
        }
        double scale = Math.max(SMALLEST_SCALE, Arrays.stream(expected).map(ExpectedValue::magnitude).max().orElse(0));
        double[] errors = new double[expected.length];
        Arrays.setAll(errors, index -> ExpectedValue.distance(expected[index], actual[index]));
        int[] wrong =
                IntStream.range(0, errors.length).filter(index -> !(errors[index] <= TOLERANCE * scale)).toArray();
        if (wrong.length > 0) {
            int worst = IntStream.of(wrong).boxed().max(Comparator.comparingDouble(index -> errors[index]))
                    .orElseThrow();
            throw new AssertionFailedError("""
                    %d of %d elements are wrong, the first at %s.
                    The worst is at %s: expected %s but was %s, an error of %.1e at a scale of %.3g\
                    """.formatted(wrong.length, errors.length, place(type, wrong[0]), place(type, worst),
                    expected[worst], actual[worst], errors[worst], scale));
        }
    }

    /** {@code [row, column, channel]} or {@code [channel]}. */
    private static String place(TensorType type, int index) {
        int channel = index % type.channels();
        int pixel = index / type.channels();
        return type.flat()
                ? "[%d]".formatted(channel)
                : "[%d, %d, %d]".formatted(pixel / type.width(), pixel % type.width(), channel);
    }
}
