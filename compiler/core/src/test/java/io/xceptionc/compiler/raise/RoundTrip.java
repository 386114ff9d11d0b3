package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.testing.SpecWithWeights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * A graph written as a spec, and what the compiler makes of that.
 *
 * @param text the spec
 * @param network what it describes, with the weights that were written
 */
record RoundTrip(String text, LoweredNetwork network) {

    /** Writes and reads a graph; an {@link AssertionError} if the spec gives as much as a warning. */
    static RoundTrip of(Graph graph, ImportSettings settings) throws IOException, InvalidInputException {
        ImportedSpec imported = ImportedSpec.of(graph, settings);
        Path weightsFile = Files.createTempFile("imported", ".safetensors");
        try (OutputStream stream = Files.newOutputStream(weightsFile)) {
            imported.writeWeights(stream);
        }
        try (TensorSource source = FileFormat.open(weightsFile)) {
            return new RoundTrip(imported.text(),
                    SpecWithWeights.network("imported.yaml", imported.text(), source));
        } finally {
            Files.delete(weightsFile);
        }
    }

    /** The numbers in all weights of a graph; those that layers share count once. */
    static long parameterCount(Graph graph) {
        Set<Tensor> tensors = Collections.newSetFromMap(new IdentityHashMap<>());
        graph.nodes().forEach(node -> tensors.addAll(node.op().tensors()));
        return tensors.stream().mapToLong(Tensor::elementCount).sum();
    }
}
