package io.xceptionc.compiler;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.lower.Labels;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.lower.Network;
import io.xceptionc.compiler.lower.PictureInput;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.spec.TextFile;
import io.xceptionc.compiler.weights.BoundWeights;
import io.xceptionc.compiler.weights.DeclaredWeights;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.SeededWeights;
import io.xceptionc.compiler.weights.Weights;
import io.xceptionc.compiler.weights.file.TensorSource;
import io.xceptionc.runtime.ModelSignature;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The first half of a compilation: from a spec's text to a network with its weights. */
final class Front {

    private final Path specFile;
    private final Diagnostics diagnostics;
    private final String text;
    private final Spec spec;

    private Front(Path specFile, String text, Spec spec, Diagnostics diagnostics) {
        this.specFile = specFile;
        this.text = text;
        this.spec = spec;
        this.diagnostics = diagnostics;
    }

    /** Reads and parses a spec. Problems of its text are reported; it ends here only if nothing can be understood of it. */
    static Front read(Path specFile, Diagnostics diagnostics) throws InvalidInputException {
        String fileName = specFile.toString();
        String text = orThrow(TextFile.read(specFile, SourceSpan.ofFile(fileName), diagnostics), diagnostics);
        return new Front(specFile, text, orThrow(SpecParser.parse(fileName, text, diagnostics), diagnostics),
                diagnostics);
    }

    private static <T> T orThrow(Optional<T> value, Diagnostics diagnostics) throws InvalidInputException {
        if (value.isEmpty()) {
            diagnostics.throwIfErrors();
        }
        return value.orElseThrow();
    }

    /** The spec as its author wrote it. */
    String text() {
        return text;
    }

    /** The network without values in its weights. */
    Network declared(Optional<ImageSize> input) throws InvalidInputException {
        return lowered(input, new DeclaredWeights(convention(), diagnostics));
    }

    /** The network with drawn weights. */
    Network seeded(Optional<ImageSize> input, long seed) throws InvalidInputException {
        return lowered(input, new SeededWeights(seed, convention(), diagnostics));
    }

    /** The network with the weights of a file, which may be closed when the network's values were read. */
    Network bound(Optional<ImageSize> input, TensorSource source) throws InvalidInputException {
        BoundWeights weights = new BoundWeights(source, convention(), diagnostics);
        Optional<Network> network = Lowering.lower(spec, input, weights, diagnostics);
        if (network.isPresent()) {
            weights.finish();
        }
        diagnostics.throwIfErrors();
        return orThrow(network, diagnostics);
    }

    private NamingConvention convention() {
        return Lowering.convention(spec);
    }

    private Network lowered(Optional<ImageSize> input, Weights weights) throws InvalidInputException {
        Optional<Network> network = Lowering.lower(spec, input, weights, diagnostics);
        network.ifPresent(this::labels);
        diagnostics.throwIfErrors();
        return orThrow(network, diagnostics);
    }

    private List<String> labels(Network network) {
        return Labels.read(network, specFile.toAbsolutePath().getParent(), diagnostics).orElse(List.of());
    }

    /** What the compiled model takes and gives. */
    ModelSignature signature(Network network, int batch) throws InvalidInputException {
        List<String> labels = labels(network);
        requireAddressable("images", network.graph().input().type(), batch);
        requireAddressable("results", network.graph().output().type(), batch);
        diagnostics.throwIfErrors();
        return new ModelSignature(network.graph().name(), batch, network.graph().input().type().dimensions(),
                network.graph().output().type().dimensions(),
                labels, PictureInput.of(network));
    }

    private void requireAddressable(String what, TensorType type, int batch) {
        if (type.elementCount() * batch > Integer.MAX_VALUE) {
            diagnostics.report(DiagnosticCode.E205, SourceSpan.ofFile(specFile.toString()),
                    "a batch of " + batch + " " + what + " " + type + " has more than " + Integer.MAX_VALUE
                            + " elements",
                    "compile it for a smaller batch");
        }
    }
}
