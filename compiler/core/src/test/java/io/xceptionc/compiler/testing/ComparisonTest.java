package io.xceptionc.compiler.testing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Dropout;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class ComparisonTest {

    private static final TensorType IMAGE = TensorType.image(1, 2, 2);

    @Test
    void errorsAreMeasuredAtTheScaleOfTheWhole() {
        assertDoesNotThrow(() -> Comparison.assertClose(IMAGE, new double[] {0, 1, -100, 2},
                new double[] {0.0099, 1.0099, -100.0099, 2}));
        assertEquals("""
                2 of 4 elements are wrong, the first at [0, 0, 1].
                The worst is at [0, 1, 0]: expected -100.0 but was -100.5, an error of 5.0e-01 at a scale of 100\
                """, failure(IMAGE, new double[] {0, 1, -100, 2}, new double[] {0, 1.25, -100.5, 2}));
    }

    @Test
    void tinyValuesAreComparedAtTheSmallestScale() {
        assertDoesNotThrow(() -> Comparison.assertClose(TensorType.vector(1), new double[] {0}, new double[] {9e-7}));
        assertEquals("""
                1 of 1 elements are wrong, the first at [0].
                The worst is at [0]: expected 0.0 but was 1.1E-6, an error of 1.1e-06 at a scale of 0.0100\
                """, failure(TensorType.vector(1), new double[] {0}, new double[] {1.1e-6}));
    }

    @Test
    void whatIsNoNumberIsWrong() {
        assertEquals("""
                1 of 4 elements are wrong, the first at [0, 1, 1].
                The worst is at [0, 1, 1]: expected 2.0 but was NaN, an error of Infinity at a scale of 2.00\
                """, failure(IMAGE, new double[] {0, 1, 1, 2}, new double[] {0, 1, 1, Double.NaN}));
    }

    @Test
    void countsMustBeEqual() {
        assertEquals("1 elements instead of 4", failure(IMAGE, new double[4], new double[1]));
    }

    @Test
    void graphsAreComparedByWhatTheyCompute() {
        Graph same = graph(Activation.IDENTITY);
        assertDoesNotThrow(
                () -> Comparison.assertEquivalent(graph(new Activation(Activation.Kind.LEAKY_RELU, 1)), same));
        assertDoesNotThrow(() -> Comparison.assertComputes(same, RandomGraphs.image(same)));
        assertThrows(AssertionFailedError.class, () -> Comparison.assertEquivalent(graph(Activation.RELU), same));
        assertThrows(AssertionFailedError.class, () -> Comparison.assertComputes(same, new float[12]));
    }

    private static Graph graph(Activation activation) {
        Sketch sketch = new Sketch(1);
        Node dropout = sketch.add(new Dropout(), sketch.input(2, 2, 3));
        return sketch.build(sketch.add(new Activate(activation), dropout));
    }

    private static String failure(TensorType type, double[] expected, double[] actual) {
        return assertThrows(AssertionFailedError.class, () -> Comparison.assertClose(type, expected, actual))
                .getMessage();
    }
}
