package io.xceptionc.examples;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layer by layer, the specs of the zoo are wired as PyTorch's networks and mean what those compute. */
class LayersTest {

    /** The goldens have nine digits. */
    private static final double TOLERANCE = 1e-8;

    @ParameterizedTest
    @MethodSource("io.xceptionc.examples.Zoo#names")
    void areWiredAsInPyTorch(String spec) throws IOException {
        assertEquals(Golden.wiring(spec).stream().map(row -> String.join(",", row.values())).toList(),
                Zoo.network(spec, Optional.empty()).layers().stream().map(LayersTest::wiring).toList());
    }

    private static String wiring(Node layer) {
        return layer.name() + "," + layer.op().keyword() + ","
                + layer.inputs().stream().map(Node::name).collect(joining(" "));
    }

    @ParameterizedTest
    @MethodSource("seeded")
    void meanWhatPyTorchComputes(Golden golden) throws IOException {
        LoweredNetwork network = Zoo.network(golden.spec(), Optional.of(golden.size()));
        List<Map<Node, double[]>> images = values(network.graph(), golden);
        List<LayerStatistics> expected = golden.layers();
        assertEquals(expected.size(), network.layers().size());
        for (int i = 0; i < expected.size(); i++) {
            LayerStatistics actual = statistics(network.layers().get(i), images);
            assertEquals(expected.get(i).shape(), actual.shape());
            double difference = expected.get(i).differenceFrom(actual);
            assertTrue(difference <= TOLERANCE, () -> "%.2g: %s".formatted(difference, actual));
        }
    }

    static Stream<Golden> seeded() {
        return Golden.small().filter(golden -> !golden.trained());
    }

    private static List<Map<Node, double[]>> values(Graph graph, Golden golden) {
        float[] input = golden.input();
        int imageLength = input.length / golden.batch();
        return Stream.iterate(0, start -> start < input.length, start -> start + imageLength)
                .map(start -> ReferenceInterpreter.values(graph,
                        Arrays.copyOfRange(input, start, start + imageLength)))
                .toList();
    }

    private static LayerStatistics statistics(Node layer, List<Map<Node, double[]>> images) {
        double[] elements = images.stream().map(values -> values.get(layer)).flatMapToDouble(DoubleStream::of)
                .toArray();
        return LayerStatistics.of(layer.name(), layer.type().height(), layer.type().width(), layer.type().channels(),
                elements);
    }
}
