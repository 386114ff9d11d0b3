package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.diagnostic.TextFile;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.lower.NetworkOutputs;
import io.xceptionc.compiler.lower.PictureInput;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.DeclaredWeights;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.SeededWeights;
import io.xceptionc.compiler.weights.Weights;
import io.xceptionc.compiler.weights.bind.BindingOptions;
import io.xceptionc.compiler.weights.bind.BoundWeights;
import io.xceptionc.compiler.weights.bind.RenameRule;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The first half of a compilation: from a spec's text to a network with its weights. */
final class FrontEnd {

    private final Path specFile;
    private final Diagnostics diagnostics;
    private final String text;
    private final Spec spec;

    private FrontEnd(Path specFile, String text, Spec spec, Diagnostics diagnostics) {
        this.specFile = specFile;
        this.text = text;
        this.spec = spec;
        this.diagnostics = diagnostics;
    }

    /**
     * Reads and parses a spec. Problems of its text are reported; it ends here only if nothing can be understood of it.
     */
    static FrontEnd read(Path specFile, Diagnostics diagnostics) throws InvalidInputException {
        String fileName = specFile.toString();
        String text = orThrow(TextFile.read(specFile, SourceSpan.ofFile(fileName), diagnostics), diagnostics);
        return parse(specFile, text, diagnostics);
    }

    /** Parses the text of a spec that a file is said to hold. */
    static FrontEnd parse(Path specFile, String text, Diagnostics diagnostics) throws InvalidInputException {
        return new FrontEnd(specFile, text,
                orThrow(SpecParser.parse(specFile.toString(), text, diagnostics), diagnostics),
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

    /** Under which terms the spec and its weights may be used, if it says so. */
    Optional<String> license() {
        return spec.license();
    }

    /** The files that the network is read from, weights aside: the spec, and that of its labels. */
    List<Path> files() {
        return Stream.concat(Stream.of(specFile), NetworkOutputs.files(spec, specFile).stream()).toList();
    }

    /** The network without values in its weights. */
    LoweredNetwork declared(Optional<ImageSize> input) throws InvalidInputException {
        return labelled(lowered(input, new DeclaredWeights(convention(), diagnostics), diagnostics));
    }

    /** The network with drawn weights. */
    BoundNetwork seeded(Optional<ImageSize> input, long seed) throws InvalidInputException {
        SeededWeights weights = new SeededWeights(seed, convention(), diagnostics);
        return new BoundNetwork(labelled(lowered(input, weights, diagnostics)), Optional.empty(), List.of());
    }

    /** The same, whatever becomes of its labels. */
    LoweredNetwork seededWithoutLabels(Optional<ImageSize> input, long seed) throws InvalidInputException {
        return lowered(input, new SeededWeights(seed, convention(), diagnostics), diagnostics);
    }

    /** The network with the weights of a file, whose tensors take the places of those that it was built with. */
    BoundNetwork bound(Optional<ImageSize> input, Path file, BindingOptions options) throws InvalidInputException {
        try (TensorSource source = FileFormat.open(file)) {
            DeclaredWeights declared = new DeclaredWeights(convention(), diagnostics);
            LoweredNetwork network = lowered(input, declared, diagnostics);
            BoundWeights weights =
                    BoundWeights.of(source, declared.wanted(), convention(), renames(), options, diagnostics);
            diagnostics.throwIfErrors();
            LoweredNetwork bound = network.mapTensors(weights.valuesOf(declared));
            weights.finish();
            diagnostics.throwIfErrors();
            List<Path> files = Stream.concat(Stream.of(file), source.furtherFiles().stream()).toList();
            return new BoundNetwork(bound, Optional.of(weights.report(bound.layers())), files);
        }
    }

    private List<RenameRule> renames() {
        return spec.weights().renames().stream()
                .map(rename -> new RenameRule(rename.pattern(), rename.replacement(), rename.span())).toList();
    }

    private NamingConvention convention() {
        return Lowering.convention(spec);
    }

    private LoweredNetwork lowered(Optional<ImageSize> input, Weights weights, Diagnostics problems)
            throws InvalidInputException {
        Optional<LoweredNetwork> network = Lowering.lower(spec, input, weights, problems);
        problems.throwIfErrors();
        return orThrow(network, problems);
    }

    private LoweredNetwork labelled(LoweredNetwork network) throws InvalidInputException {
        outputs(network);
        diagnostics.throwIfErrors();
        return network;
    }

    private List<ModelOutput> outputs(LoweredNetwork network) {
        return NetworkOutputs.of(network, specFile.toAbsolutePath().getParent(), diagnostics);
    }

    /** What the compiled model takes and gives. */
    ModelSignature signature(LoweredNetwork network, int batch) throws InvalidInputException {
        List<ModelOutput> outputs = outputs(network);
        requireAddressable("images", network.graph().input().type(), batch);
        network.graph().outputs().forEach(output -> requireAddressable("results", output.type(), batch));
        diagnostics.throwIfErrors();
        return new ModelSignature(network.graph().name(), batch, network.graph().input().type().dimensions(),
                outputs, PictureInput.of(network), PictureInput.ofArrays(network));
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
