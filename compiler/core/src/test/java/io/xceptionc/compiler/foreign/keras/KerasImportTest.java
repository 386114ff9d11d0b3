package io.xceptionc.compiler.foreign.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.ForeignFormat;
import io.xceptionc.compiler.foreign.ForeignNetwork;
import io.xceptionc.compiler.format.keras.KerasFiles;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.testing.Comparison;
import io.xceptionc.compiler.weights.SeededValues;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that {@code make_keras_files.py} has written, against PyTorch's answer to them. */
class KerasImportTest {

    private static final String SMALL = """
            input: input -> [17, 19, 3]
            conv1: conv2d(3x3, stride 2x2) input -> [8, 9, 8]
            bn1: batch_norm(epsilon 0.001, scale, center) conv1 -> [8, 9, 8]
            relu1: relu bn1 -> [8, 9, 8]
            sep1: separable_conv2d(3x3, padding [1, 1, 1, 1]) relu1 -> [8, 9, 16]
            sep1_bn: batch_norm(epsilon 0.001, scale, center) sep1 -> [8, 9, 16]
            relu2: relu sep1_bn -> [8, 9, 16]
            sep2: separable_conv2d(3x3, padding [1, 1, 1, 1]) relu2 -> [8, 9, 16]
            sep2_bn: batch_norm(epsilon 0.001, scale, center) sep2 -> [8, 9, 16]
            pool: max_pool2d(3x3, stride 2x2, padding [0, 1, 1, 1]) sep2_bn -> [4, 5, 16]
            skip: conv2d(1x1, stride 2x2) relu1 -> [4, 5, 16]
            skip_bn: batch_norm(epsilon 0.001, scale, center) skip -> [4, 5, 16]
            add: add pool, skip_bn -> [4, 5, 16]
            relu3: relu add -> [4, 5, 16]
            dw: depthwise_conv2d(3x3, padding [1, 1, 1, 1], bias) relu3 -> [4, 5, 16]
            relu4: relu dw -> [4, 5, 16]
            avg_pool: global_avg_pool2d relu4 -> [16]
            predictions: dense(bias) avg_pool -> [5]
            predictions_activation: softmax predictions -> [5]
            output: output predictions_activation -> [5]
            """;

    @ParameterizedTest
    @ValueSource(strings = {"keras2-model.h5", "keras3-model.h5", "small.keras", "deflated.keras"})
    void everyKindOfFileGivesTheSameNetwork(String name) throws IOException, InvalidInputException {
        ForeignNetwork network = ForeignFormat.read(KerasFiles.path(name), "small", Optional.empty());
        assertEquals(SMALL, GraphPrinter.print(network.graph()));
        assertAnswers(network.graph(), KerasFiles.answer());
    }

    static void assertAnswers(Graph graph, double[] expected) {
        float[] image = SeededValues.of(1, "input", (int) graph.input().type().elementCount(), -1, 1);
        Comparison.assertClose(graph.output().type(), expected, ReferenceInterpreter.output(graph, image));
    }
}
