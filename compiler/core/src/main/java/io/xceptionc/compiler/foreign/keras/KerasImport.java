package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.ForeignNetwork;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasConfig;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.format.keras.KerasNetwork;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Makes a graph of a model of Keras, functional or sequential, as its config describes it. No code of the model is ever
 * run.
 *
 * @see <a href="https://keras.io/api/models/model_saving_apis/model_config_serialization/">Keras, model config serialization</a>
 */
public final class KerasImport {

    private static final String SEQUENTIAL = "Sequential";
    private static final int MOST_LAYERS = 10_000;
    private static final int IMAGE_RANK = 4;

    private final KerasNetwork file;
    private final SourceSpan span;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Problems problems;
    private final KerasActivations activations;

    private KerasImport(KerasNetwork file) {
        this.file = file;
        this.span = SourceSpan.ofFile(file.name());
        this.problems = new Problems(diagnostics, span);
        this.activations = new KerasActivations(file.isKeras3());
    }

    /**
     * Reads the network of a model, with all weights.
     *
     * @param name what the network shall be called
     * @param size height and width of the input, in place of those of the model
     * @throws InvalidInputException if the file has no model, or with all layers that the language has nothing for
     */
    public static ForeignNetwork read(KerasNetwork file, String name, Optional<Pair> size)
            throws InvalidInputException {
        return new KerasImport(file).read(name, size);
    }

    private ForeignNetwork read(String name, Optional<Pair> size) throws InvalidInputException {
        KerasConfig config = file.config().orElseThrow(() -> problem("has weights, but does not say of what model",
                "save the whole model with Keras: model.save('model.keras'); or import what model.to_json() gives, with"
                        + " this file as --weights"));
        if (!isModel(config)) {
            throw problem(
                    "is a model of the class " + Quotation.of(config.className()) + ", whose code is not in the file",
                    "build it as a functional or sequential model");
        }
        if (requireKnown(config.layers()) > MOST_LAYERS) {
            throw problem("has more than " + MOST_LAYERS + " layers", "");
        }
        diagnostics.throwIfErrors();
        TensorType input = input(config, size);
        LayerWeights weights = new LayerWeights(file, Runtime.getRuntime().maxMemory());
        GraphBuilder builder = new GraphBuilder(name, diagnostics);
        LayerNodes nodes = new LayerNodes(builder, weights, activations, span);
        Preprocessing preprocessing = new Preprocessing(input.channels());
        ModelNodes model = new ModelNodes(file, nodes, preprocessing, problems, TrainingMode.of(file));
        SequencedMap<String, Optional<Node>> outputs = outputs(config, model, builder.input(input, span));
        diagnostics.throwIfErrors();
        return new ForeignNetwork(preprocessing.ofArrays(graph(builder, outputs)), NamingConvention.KERAS,
                file.format(),
                findings(preprocessing), preprocessing.pictures(), preprocessing.scaling(),
                preprocessing.scaling().isNone()
                        ? Applications.of(config.layers(), input.channels())
                        : Optional.empty());
    }

    private Graph graph(GraphBuilder builder, SequencedMap<String, Optional<Node>> outputs)
            throws InvalidInputException {
        SequencedMap<String, Node> results = new LinkedHashMap<>();
        for (Map.Entry<String, Optional<Node>> output : outputs.entrySet()) {
            Node result = output.getValue().orElseThrow(() -> problem("has no layer", ""));
            if (result.inputs().isEmpty()) {
                throw problem("has no layer that computes anything", "");
            }
            results.put(output.getKey(), result);
        }
        return results.size() == 1 ? builder.build(results.firstEntry().getValue()) : builder.build(results);
    }

    private SequencedMap<String, Optional<Node>> outputs(KerasConfig config, ModelNodes nodes, Node input)
            throws InvalidInputException {
        try {
            if (!isSequential(config)) {
                return nodes.outputs(config.config(), config.layers(), input, true);
            }
            SequencedMap<String, Optional<Node>> only = new LinkedHashMap<>();
            only.put(Output.UNNAMED.name(), nodes.build(config.config(), config.layers(), true, input, true));
            return only;
        } catch (CannotImportException reason) {
            throw problem("cannot be imported: " + reason.getMessage(), reason.help());
        }
    }

    private static boolean isSequential(KerasConfig config) {
        return config.className().equals(SEQUENTIAL);
    }

    private static boolean isModel(KerasConfig config) {
        return isSequential(config) || config.className().equals("Functional") || config.className().equals("Model");
    }

    /** Reports every layer that has no translation, before any of them is looked at more closely; the number of all. */
    private int requireKnown(List<KerasLayer> layers) {
        int count = layers.size();
        for (KerasLayer layer : layers) {
            try {
                LayerTranslations.requireKnown(layer, activations);
            } catch (CannotImportException reason) {
                problems.report(layer, reason);
            }
            count += requireKnown(layer.layers());
        }
        return count;
    }

    private TensorType input(KerasConfig config, Optional<Pair> size) throws InvalidInputException {
        Json shape = firstShape(config);
        int rank = shape.elements().size();
        int channels = shape.get(rank - 1).integer().orElse(0);
        if (rank != IMAGE_RANK || channels < 1) {
            throw problem("takes an input of the shape " + shapeText(shape) + ", not [batch, height, width, channels]",
                    "");
        }
        int height = size.map(Pair::height).or(() -> shape.get(1).integer()).orElse(0);
        int width = size.map(Pair::width).or(() -> shape.get(2).integer()).orElse(0);
        if (height < 1 || width < 1) {
            throw problem("does not say how large its pictures are", "give the size, such as --input 299x299");
        }
        if ((double) height * width * channels > TensorType.LARGEST_ELEMENT_COUNT) {
            throw problem("takes an input of more than " + TensorType.LARGEST_ELEMENT_COUNT + " numbers", "");
        }
        return TensorType.image(height, width, channels);
    }

    /** The shape that the first layer to name one gives, or for which the model was built, with the batch. */
    private static Json firstShape(KerasConfig config) {
        Optional<Json> named = config.layers().stream().flatMap(KerasImport::withInner)
                .flatMap(layer -> Stream.of("batch_shape", "batch_input_shape").map(layer.config()::get))
                .filter(Json::isList).findFirst();
        return named.orElse(config.config().get("build_input_shape"));
    }

    private static Stream<KerasLayer> withInner(KerasLayer layer) {
        return Stream.concat(Stream.of(layer), layer.layers().stream().flatMap(KerasImport::withInner));
    }

    private static String shapeText(Json shape) {
        return shape.elements().stream().map(size -> size.integer().map(Object::toString).orElse("?")).toList()
                .toString();
    }

    private static List<String> findings(Preprocessing preprocessing) {
        return preprocessing.layers().isEmpty()
                ? List.of()
                : List.of("what is computed by "
                        + String.join(", ", preprocessing.layers().stream().map(Quotation::of).toList())
                        + " is said at the input; arrays are raw, as Keras takes them");
    }

    private InvalidInputException problem(String message, String help) {
        return file.problem(DiagnosticCode.E502, message, help);
    }
}
