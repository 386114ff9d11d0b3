package io.xceptionc.compiler.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.lower.Network;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.DeclaredWeights;
import io.xceptionc.compiler.weights.WeightsFile;
import io.xceptionc.compiler.weights.bind.BindingOptions;
import io.xceptionc.compiler.weights.bind.BoundWeights;
import io.xceptionc.compiler.weights.file.TensorSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A graph written as a spec, and what the compiler makes of that.
 *
 * @param text the spec
 * @param network what it describes, with the weights that were written
 */
record RoundTrip(String text, Network network) {

    /** Writes and reads a graph; an {@link AssertionError} if the spec gives as much as a warning. */
    static RoundTrip of(Graph graph, ImportSettings settings) throws IOException, InvalidInputException {
        ImportedSpec imported = ImportedSpec.of(graph, settings);
        Path weightsFile = Files.createTempFile("imported", ".safetensors");
        try (OutputStream stream = Files.newOutputStream(weightsFile)) {
            imported.writeWeights(stream);
        }
        Diagnostics diagnostics = new Diagnostics();
        Spec spec = SpecParser.parse("imported.yaml", imported.text(), diagnostics)
                .orElseThrow(() -> new AssertionError(diagnostics.sorted() + "\n" + imported.text()));
        try (TensorSource source = WeightsFile.open(weightsFile)) {
            DeclaredWeights declared = new DeclaredWeights(Lowering.convention(spec), new Diagnostics());
            Lowering.lower(spec, Optional.empty(), declared, new Diagnostics());
            BoundWeights weights = BoundWeights.of(source, declared.wanted(), Lowering.convention(spec), List.of(),
                    BindingOptions.AUTO, diagnostics);
            Optional<Network> network = Lowering.lower(spec, Optional.empty(), weights, diagnostics);
            weights.finish();
            assertEquals(List.of(), diagnostics.sorted(), imported::text);
            return new RoundTrip(imported.text(), network.orElseThrow());
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
