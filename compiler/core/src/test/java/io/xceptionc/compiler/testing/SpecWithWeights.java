package io.xceptionc.compiler.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.DeclaredWeights;
import io.xceptionc.compiler.weights.bind.BindingOptions;
import io.xceptionc.compiler.weights.bind.BoundWeights;
import java.util.List;
import java.util.Optional;

/** Specs with the weights of a file, of which there is nothing to be said. */
public final class SpecWithWeights {

    private SpecWithWeights() {}

    /** The network of a spec's text; fails the test if anything is wrong or odd. */
    public static LoweredNetwork network(String fileName, String text, TensorSource source) {
        Diagnostics diagnostics = new Diagnostics();
        Spec spec = SpecParser.parse(fileName, text, diagnostics)
                .orElseThrow(() -> new AssertionError(diagnostics.sorted() + "\n" + text));
        DeclaredWeights declared = new DeclaredWeights(Lowering.convention(spec), new Diagnostics());
        Lowering.lower(spec, Optional.empty(), declared, new Diagnostics());
        BoundWeights weights = BoundWeights.of(source, declared.wanted(), Lowering.convention(spec), List.of(),
                BindingOptions.AUTO, diagnostics);
        Optional<LoweredNetwork> network = Lowering.lower(spec, Optional.empty(), weights, diagnostics);
        weights.finish();
        assertEquals(List.of(), diagnostics.sorted(), text);
        return network.orElseThrow();
    }
}
