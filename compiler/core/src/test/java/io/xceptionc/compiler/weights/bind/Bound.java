package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.DeclaredWeights;
import java.util.List;
import java.util.Optional;

/**
 * Layers of a spec, bound to a file.
 *
 * @param network the network
 * @param report what was taken and assumed
 */
record Bound(LoweredNetwork network, WeightsReport report) {

    /** Layers, from line 5 of the spec on, with an input of two channels. */
    static Bound of(String convention, String layers, FileOf file, Optional<ImageSize> input, Optional<Profile> profile,
            Diagnostics diagnostics) {
        String text = "model: m\nweights: " + convention + "\ninput: {shape: [8, 8, 2]}\nlayers:\n" + layers;
        Spec spec = SpecParser.parse("net.yaml", text, diagnostics).orElseThrow();
        DeclaredWeights declared = new DeclaredWeights(Lowering.convention(spec), diagnostics);
        LoweredNetwork network = Lowering.lower(spec, input, declared, diagnostics).orElseThrow();
        BoundWeights weights = BoundWeights.of(file, declared.wanted(), Lowering.convention(spec), List.of(),
                new BindingOptions(profile, Matching.AUTO), diagnostics);
        weights.finish();
        return new Bound(network, weights.report(network.layers()));
    }
}
