package io.xceptionc.compiler.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.foreign.ForeignFormat;
import io.xceptionc.compiler.foreign.ForeignNetwork;
import io.xceptionc.compiler.foreign.OtherModel;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.lower.Summary;
import io.xceptionc.compiler.output.AtomicFile;
import io.xceptionc.compiler.raise.ImportSettings;
import io.xceptionc.compiler.raise.ImportedSpec;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.spec.LabelsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Writes networks of other tools as a spec and its weights. */
public final class ModelImport {

    private ModelImport() {}

    /** Whether a file, by its content, is a model of another tool, not a spec. */
    public static boolean isForeign(Path file) {
        return ForeignFormat.isNetwork(file) || OtherModel.of(file).isPresent();
    }

    /** Whether such a file is a network without its weights, which another file may have. */
    public static boolean isWithoutWeights(Path file) {
        return ForeignFormat.isWithoutWeights(file);
    }

    /** The spec that an import makes in a folder. */
    public static Path spec(ImportOptions options, Path folder) {
        return folder.resolve(options.name() + ".yaml");
    }

    /** The weights that an import makes in a folder. */
    public static Path weights(ImportOptions options, Path folder) {
        return folder.resolve(options.name() + ".safetensors");
    }

    /**
     * Writes a spec and a safetensors file to a folder, which is made if it is not there; on any failure neither is
     * left that was not there before.
     *
     * @throws InvalidInputException if the model is damaged, or with all that the language cannot express
     * @throws IOException if the files cannot be written
     */
    public static ImportReport write(ImportOptions options, Path folder) throws InvalidInputException, IOException {
        ForeignNetwork foreign = ForeignFormat.read(options.model(), options.weights(), options.name(),
                options.input().map(size -> new Pair(size.height(), size.width())));
        ImportedSpec imported = ImportedSpec.of(foreign.graph(), settings(options, foreign));
        Path spec = spec(options, folder);
        Path weights = weights(options, folder);
        List<Path> made = Stream.of(spec, weights).filter(file -> !Files.exists(file)).toList();
        boolean whole = false;
        try {
            AtomicFile.write(weights, imported::writeWeights);
            AtomicFile.write(spec, stream -> stream.write(imported.text().getBytes(UTF_8)));
            LoweredNetwork network = FrontEnd.read(spec, new Diagnostics()).declared(Optional.empty());
            whole = true;
            return new ImportReport(spec, weights, foreign.origin(), outputs(foreign.graph()),
                    (int) imported.text().lines().count(), Summary.of(network),
                    network.spec().input().pictures().map(_ -> PictureGuess.of(foreign)), foreign.findings());
        } finally {
            if (!whole) {
                for (Path file : made) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static ImportSettings settings(ImportOptions options, ForeignNetwork foreign)
            throws InvalidInputException {
        ImportSettings settings = ImportSettings.of(foreign.convention()).withCopiedWeights()
                .withComments(List.of("From " + Quotation.line(options.model().getFileName().toString()) + ", "
                        + foreign.origin()))
                .withArrays(foreign.scaling());
        if (options.labels().isPresent()) {
            settings = settings.withLabels(labels(options.labels().get(), foreign.graph()));
        }
        Optional<Pictures> likely = PictureGuess.pictures(foreign);
        Optional<Pictures> pictures = options.scaling().isEmpty()
                ? likely
                : Optional.of(PictureGuess.pictures(options.scaling(), foreign.graph().input().type(), likely));
        return pictures.isPresent() ? settings.withPictures(pictures.get()) : settings;
    }

    private static SequencedMap<String, List<Integer>> outputs(Graph graph) {
        SequencedMap<String, List<Integer>> outputs = new LinkedHashMap<>();
        graph.outputs().forEach(output -> outputs.put(((Output) output.op()).name(), output.type().dimensions()));
        return outputs;
    }

    private static List<String> labels(Path file, Graph graph) throws InvalidInputException {
        Diagnostics diagnostics = new Diagnostics();
        SourceSpan span = SourceSpan.ofFile(file.toString());
        if (graph.outputs().size() > 1) {
            diagnostics.report(DiagnosticCode.E105, span,
                    "labels belong to one output, but the network has " + outputs(graph).keySet(),
                    "import the model without labels and put them into the spec: outputs: {"
                            + outputs(graph).firstEntry().getKey() + ": {labels: [...]}, ...}");
            diagnostics.throwIfErrors();
        }
        TensorType output = graph.output().type();
        List<String> labels = LabelsFile.read(file, span, diagnostics).orElse(List.of());
        diagnostics.throwIfErrors();
        if (!output.flat() || labels.size() != output.channels()) {
            diagnostics.report(DiagnosticCode.E105, span,
                    "has " + labels.size() + " labels, but the network yields "
                            + (output.flat() ? output.channels() + " numbers" : "an image " + output),
                    "give one label for each number, in its order");
        }
        diagnostics.throwIfErrors();
        return labels;
    }
}
