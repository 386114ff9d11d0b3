package io.xceptionc.compiler.raise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.testing.RandomGraphs;
import io.xceptionc.compiler.weights.NamingConvention;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever network is written as a spec, the spec describes that network. */
class RandomRoundTripTest {

    @Property(tries = 500)
    void computesTheSame(@ForAll("graphs") Graph graph) throws IOException, InvalidInputException {
        ImportSettings settings = ImportSettings.of(convention(graph));
        boolean shares = sharesWeights(graph);
        RoundTrip again = RoundTrip.of(graph, shares ? settings.withCopiedWeights() : settings);
        float[] image = RandomGraphs.image(graph);
        assertArrayEquals(ReferenceInterpreter.output(graph, image),
                ReferenceInterpreter.output(again.network().graph(), image), again::text);
        if (!shares) {
            assertEquals(RoundTrip.parameterCount(graph), RoundTrip.parameterCount(again.network().graph()));
        }
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return RandomGraphs.graphs();
    }

    private static boolean sharesWeights(Graph graph) {
        List<Tensor> tensors = graph.nodes().stream().flatMap(node -> node.op().tensors().stream()).toList();
        return tensors.stream().distinct().count() < tensors.size();
    }

    /** The one that flattens images as the graph does. */
    static NamingConvention convention(Graph graph) {
        return graph.nodes().stream().anyMatch(node -> node.op() instanceof Flatten flatten && flatten.channelsFirst())
                ? NamingConvention.PYTORCH
                : NamingConvention.KERAS;
    }
}
