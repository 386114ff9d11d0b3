package io.xceptionc.compiler.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.SeededValues;
import io.xceptionc.compiler.weights.SeededWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every layer of the model zoo against what PyTorch computes in double precision. */
class PyTorchGoldensTest {

    private static final Path EXAMPLES = Path.of("../../generated-examples");
    private static final double TOLERANCE = 1e-7;

    @ParameterizedTest
    @CsvSource({"extreme-inception, 30, 30", "factorised-module, 17, 17", "googlenet-module, 28, 28",
        "xception, 71, 95", "xception-pytorch, 71, 95", "xception-shapes, 64, 64",
        "xception-walkthrough, 71, 95"})
    void everyLayerAgrees(String model, int height, int width) throws IOException {
        Graph graph = network(model, height, width);
        float[] image = SeededValues.of(1, "input", (int) graph.input().type().elementCount(), -1, 1);
        Map<String, double[]> values = ReferenceInterpreter.valuesByName(graph, image);
        List<String> rows = Files.readAllLines(
                EXAMPLES.resolve("goldens/%s-%dx%d-layers.csv".formatted(model, height, width)));
        assertEquals("layer,height,width,channels,mean,mean_absolute,max_absolute,deviation,first,middle,last",
                rows.getFirst());
        assertEquals(graph.nodes().size() - 2, rows.size() - 1, "layers, without input and output");
        for (String row : rows.subList(1, rows.size())) {
            String[] fields = row.split(",", -1);
            assertAgrees(row, fields, values.get(fields[0]));
        }
    }

    private static void assertAgrees(String row, String[] fields, double[] actual) {
        int elementCount = Integer.parseInt(fields[1]) * Integer.parseInt(fields[2]) * Integer.parseInt(fields[3]);
        assertEquals(elementCount, actual.length, row);
        double mean = Arrays.stream(actual).average().orElseThrow();
        double[] figures = {mean, Arrays.stream(actual).map(Math::abs).average().orElseThrow(),
            Arrays.stream(actual).map(Math::abs).max().orElseThrow(),
            Math.sqrt(Arrays.stream(actual).map(x -> (x - mean) * (x - mean)).average().orElseThrow()),
            actual[0], actual[elementCount / 2], actual[elementCount - 1]};
        double scale = Double.parseDouble(fields[6]);
        for (int index = 0; index < figures.length; index++) {
            double error = Math.abs(Double.parseDouble(fields[4 + index]) - figures[index]);
            assertTrue(error <= TOLERANCE * scale, () -> row + "\nagainst " + Arrays.toString(figures));
        }
    }

    private static Graph network(String model, int height, int width) throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        String fileName = model + ".yaml";
        String text = Files.readString(EXAMPLES.resolve("models").resolve(fileName));
        Spec spec = SpecParser.parse(fileName, text, diagnostics).orElseThrow();
        SeededWeights weights = new SeededWeights(1, Lowering.convention(spec), diagnostics);
        return Lowering.lower(spec, Optional.of(new ImageSize(height, width)), weights, diagnostics).orElseThrow()
                .graph();
    }
}
