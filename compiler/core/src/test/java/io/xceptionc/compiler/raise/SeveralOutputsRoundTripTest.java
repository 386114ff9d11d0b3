package io.xceptionc.compiler.raise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.foreign.ForeignFormat;
import io.xceptionc.compiler.foreign.ForeignNetwork;
import io.xceptionc.compiler.format.npy.NpyFile;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.testing.Comparison;
import io.xceptionc.compiler.testing.RandomGraphs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Models of several outputs, of files that Keras, tf2onnx and PyTorch wrote with their own answers, and of any kind.
 */
class SeveralOutputsRoundTripTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/xceptionc/compiler/raise/heads");

    @ParameterizedTest
    @CsvSource({"model.keras, keras, 'outputs: [age, gender]'", "model.h5, keras, 'outputs: [age, gender]'",
        "tf2onnx.onnx, keras, 'outputs:\n  Identity_0: functional_1/age_1/MatMul\n  Identity_1_0: functional_1/gender_1/Softmax'",
        "dynamo.onnx, torch, 'outputs:'", "legacy.onnx, torch, 'outputs:'"})
    void answersAreThoseOfTheirTools(String file, String tool, String line) throws Exception {
        ForeignNetwork foreign = ForeignFormat.read(FOLDER.resolve(file), "heads", Optional.empty());
        RoundTrip trip = RoundTrip.of(foreign.graph(),
                ImportSettings.of(foreign.convention()).withCopiedWeights().withArrays(foreign.scaling()));
        assertTrue(trip.text().contains(line), trip.text());
        float[] image = floats(tool + "-x.npy");
        for (Graph graph : List.of(foreign.graph(), trip.network().graph())) {
            List<double[]> results = List.copyOf(ReferenceInterpreter.outputs(graph, image).values());
            assertEquals(2, results.size());
            Comparison.assertClose(graph.outputs().get(0).type(), results.get(0), floats(tool + "-y.npy"));
            Comparison.assertClose(graph.outputs().get(1).type(), results.get(1), floats(tool + "-y1.npy"));
        }
    }

    private static float[] floats(String name) throws Exception {
        try (NpyFile file = NpyFile.open(FOLDER.resolve(name))) {
            return file.elements(file.shape().stream().reduce(1, Math::multiplyExact));
        }
    }

    @Property(tries = 60)
    void anyNetworkComesBack(@ForAll("graphs") Graph graph) throws Exception {
        Assume.that(!sharesWeights(graph)); // what lies between uses of the same weights cannot be an output
        Graph back = RoundTrip.of(graph, ImportSettings.of(RandomRoundTripTest.convention(graph))).network().graph();
        SequencedMap<String, double[]> expected = ReferenceInterpreter.outputs(graph, RandomGraphs.image(graph));
        assertEquals(expected.keySet(), ReferenceInterpreter.outputs(back, RandomGraphs.image(graph)).keySet());
        Comparison.assertEquivalent(graph, back);
    }

    private static boolean sharesWeights(Graph graph) {
        List<Tensor> tensors = graph.nodes().stream().flatMap(node -> node.op().tensors().stream()).toList();
        return Set.copyOf(tensors).size() < tensors.size();
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return RandomGraphs.graphsOfSeveralOutputs();
    }
}
