package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.ForeignFormat;
import io.xceptionc.compiler.foreign.ForeignNetwork;
import io.xceptionc.compiler.format.keras.KerasFiles;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.testing.Comparison;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.SeededValues;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A model of Keras that became a spec answers as PyTorch does. */
class KerasRoundTripTest {

    @Test
    void specOfAnArchiveAnswers() throws IOException, InvalidInputException {
        ForeignNetwork network = ForeignFormat.read(KerasFiles.path("small.keras"), "small", Optional.empty());
        Graph graph = RoundTrip.of(network.graph(), ImportSettings.of(NamingConvention.KERAS)).network().graph();
        float[] image = SeededValues.of(1, "input", (int) graph.input().type().elementCount(), -1, 1);
        Comparison.assertClose(graph.output().type(), KerasFiles.answer(), ReferenceInterpreter.output(graph, image));
    }
}
