package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.foreign.keras.LayerCall.Source;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.format.keras.KerasNetwork;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Adds the nodes of a model, and of the models inside of it, to a graph. */
final class ModelNodes {

    private static final String INPUT_LAYER = "InputLayer";
    private static final CallArguments NO_ARGUMENTS = new CallArguments(List.of(CallArguments.RESULT), Map.of());

    private final KerasNetwork file;
    private final LayerNodes nodes;
    private final Preprocessing preprocessing;
    private final Problems problems;
    private final TrainingMode training;

    ModelNodes(KerasNetwork file, LayerNodes nodes, Preprocessing preprocessing, Problems problems,
            TrainingMode training) {
        this.file = file;
        this.nodes = nodes;
        this.preprocessing = preprocessing;
        this.problems = problems;
        this.training = training;
    }

    /** The same for a model that is called, or a layer, in the mode that it has then. */
    private ModelNodes in(TrainingMode mode) {
        return new ModelNodes(file, nodes, preprocessing, problems, mode);
    }

    /**
     * The node of a model's result; empty if a layer could not be imported, which is reported then.
     *
     * @param config of the model
     * @param isSequential whether each layer reads the one before
     * @param isOnlyReader whether nothing else reads the input
     */
    Optional<Node> build(Json config, List<KerasLayer> layers, boolean isSequential, Node input, boolean isOnlyReader)
            throws CannotImportException, InvalidInputException {
        if (!isSequential) {
            SequencedMap<String, Optional<Node>> results = outputs(config, layers, input, isOnlyReader);
            if (results.size() != 1) {
                throw new CannotImportException("it has " + results.size() + " output_layers, not one",
                        "only the whole model can have several outputs; unpack the model that is called as a layer");
            }
            return results.firstEntry().getValue();
        }
        Optional<Node> last = Optional.of(input);
        for (KerasLayer layer : layers) {
            if (last.isPresent() && !layer.className().equals(INPUT_LAYER)) {
                last = result(layer, NO_ARGUMENTS, List.of(last.get()), isOnlyReader);
            }
        }
        return last;
    }

    /**
     * The nodes of a functional model's results by their names, in order; empty are those of layers that could not be
     * imported, which is reported then.
     */
    SequencedMap<String, Optional<Node>> outputs(Json config, List<KerasLayer> layers, Node input,
            boolean isOnlyReader)
            throws CannotImportException, InvalidInputException {
        Wiring wiring = Wiring.of(config, layers);
        Map<Source, Optional<Node>> results = new HashMap<>();
        results.put(wiring.input(), Optional.of(input));
        List<LayerCall> waiting = wiring.calls();
        while (!waiting.isEmpty()) {
            Map<Boolean, List<LayerCall>> byReadiness = waiting.stream().collect(Collectors.partitioningBy(
                    call -> !call.inputs().isEmpty() && results.keySet().containsAll(call.inputs())));
            if (byReadiness.get(true).isEmpty()) {
                throw unresolved(waiting.getFirst(), results);
            }
            for (LayerCall call : byReadiness.get(true)) {
                boolean alone = isOnlyReader && wiring.readers().get(call.inputs().getFirst()) == 1;
                results.put(call.result(), result(call, results, alone));
            }
            waiting = byReadiness.get(false);
        }
        SequencedMap<String, Optional<Node>> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, Source> output : wiring.outputs().entrySet()) {
            if (!results.containsKey(output.getValue())) {
                throw new CannotImportException(
                        "its output " + Quotation.of(output.getValue().layer()) + " is none of its layers", "");
            }
            outputs.put(output.getKey(), results.get(output.getValue()));
        }
        return outputs;
    }

    private static CannotImportException unresolved(LayerCall call, Map<Source, Optional<Node>> results) {
        String missing = call.inputs().stream().filter(source -> !results.containsKey(source)).findFirst()
                .map(source -> "its layer " + Quotation.of(call.layer().name()) + " reads "
                        + Quotation.of(source.layer()) + ", which reads it in turn or is not there")
                .orElse("its layer " + Quotation.of(call.layer().name()) + " reads nothing");
        return new CannotImportException(missing, "");
    }

    private Optional<Node> result(LayerCall call, Map<Source, Optional<Node>> results, boolean isOnlyReader)
            throws InvalidInputException {
        List<Node> inputs = new ArrayList<>();
        for (Source source : call.inputs()) {
            if (results.get(source).isEmpty()) {
                return Optional.empty();
            }
            inputs.add(results.get(source).get());
        }
        return in(training.of(call)).result(call.layer(), call.arguments(), inputs, isOnlyReader);
    }

    private Optional<Node> result(KerasLayer layer, CallArguments arguments, List<Node> inputs, boolean isOnlyReader)
            throws InvalidInputException {
        try {
            boolean isFirst = isOnlyReader && inputs.size() == 1 && inputs.getFirst().op() instanceof Input;
            if (Operations.isOperation(layer)) {
                return new Operations(file, nodes, preprocessing, layer, arguments).result(inputs, isFirst);
            }
            if (inputs.size() != 1 && !LayerTranslations.MERGES.contains(layer.className())) {
                throw new CannotImportException("it reads " + inputs.size() + " results, not one", "");
            }
            if (ScalingLayers.CLASSES.contains(layer.className())) {
                return scaled(layer, inputs.getFirst(), isFirst);
            }
            if (layer.isModel()) {
                return build(layer.config(), layer.layers(), layer.className().equals("Sequential"), inputs.getFirst(),
                        isOnlyReader);
            }
            training.changes(layer).ifPresent(reason -> problems.report(layer, reason));
            LayerTranslation translation = LayerTranslations.of(layer).orElseThrow(
                    () -> new CannotImportException("it stands where no layer of its kind can", ""));
            return translation.translate(nodes, layer, nodes.unique(layer.name()), inputs);
        } catch (CannotImportException reason) {
            problems.report(layer, reason);
            return Optional.empty();
        }
    }

    private Optional<Node> scaled(KerasLayer layer, Node input, boolean isFirst)
            throws CannotImportException, InvalidInputException {
        FileScaling scaling = new ScalingLayers(file, input.type().channels()).of(layer);
        if (!isFirst) {
            return nodes.addScaling(nodes.unique(layer.name()), scaling, input);
        }
        preprocessing.scale(layer.name(), scaling);
        return Optional.of(input);
    }
}
