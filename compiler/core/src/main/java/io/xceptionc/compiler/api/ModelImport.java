package io.xceptionc.compiler.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xceptionc.compiler.diagnostic.Diagnostic;
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
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
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
     * Writes a spec and a safetensors file to a folder, which is made if it is not there; on any failure neither is left that was not
     * there before.
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
                    guess(network, foreign), foreign.findings());
        } finally {
            if (!whole) {
                for (Path file : made) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** What is taken for how a picture becomes an array, if the network takes any and the file does not say. */
    private static Optional<String> guess(LoweredNetwork network, ForeignNetwork foreign) {
        return network.spec().input().pictures().filter(_ -> foreign.pictures().isEmpty())
                .map(_ -> foreign.scaling().isOfLevels() ? "x as it is, 0 to 255" : "x / 255");
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
        if (!options.scaling().isEmpty()) {
            return settings.withPictures(pictures(options.scaling(), foreign));
        }
        Optional<Pictures> pictures = foreign.pictures().isPresent() || foreign.scaling().isNone()
                ? foreign.pictures()
                : Optional.of(foreign.scaling().likelyPictures());
        return pictures.isPresent() ? settings.withPictures(pictures.get()) : settings;
    }

    /** What a spec with such an input says of pictures, which are scaled by nothing but what is given if the file scales. */
    private static Pictures pictures(String scaling, ForeignNetwork foreign) throws InvalidInputException {
        TensorType input = foreign.graph().input().type();
        boolean hasScale = scaling.contains("scale:") || scaling.contains("mean:") || scaling.contains("std:");
        String otherwise = foreign.scaling().isNone() || hasScale ? "" : ", scale: " + likelyScale(foreign);
        Diagnostics diagnostics = new Diagnostics();
        Optional<Spec> spec =
                SpecParser.parse("options", "model: m\ninput: {shape: " + input.dimensions() + ", " + scaling
                        + otherwise + "}\nlayers: [relu]\n", diagnostics);
        diagnostics.throwIfErrors();
        return spec.flatMap(parsed -> parsed.input().pictures()).orElseThrow(() -> new InvalidInputException(
                new Diagnostic(DiagnosticCode.E105, SourceSpan.ofFile("options"),
                        "an input with " + input.channels() + " channels takes no pictures", "leave the options out")));
    }

    private static String likelyScale(ForeignNetwork foreign) {
        return foreign.scaling().isOfLevels() ? "1" : "1/255";
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
