package io.xceptionc.compiler.imports.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.imports.keras.LayerCall.Source;
import io.xceptionc.compiler.weights.keras.Json;
import io.xceptionc.compiler.weights.keras.KerasLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds the nodes of a model, and of the models inside of it, to a graph. */
final class ModelNodes {

    private static final String INPUT_LAYER = "InputLayer";

    private final LayerNodes nodes;
    private final Preprocessing preprocessing;
    private final Problems problems;

    ModelNodes(LayerNodes nodes, Preprocessing preprocessing, Problems problems) {
        this.nodes = nodes;
        this.preprocessing = preprocessing;
        this.problems = problems;
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
            return functional(config, layers, input, isOnlyReader);
        }
        Optional<Node> last = Optional.of(input);
        for (KerasLayer layer : layers) {
            if (last.isPresent() && !layer.className().equals(INPUT_LAYER)) {
                last = result(layer, List.of(last.get()), isOnlyReader);
            }
        }
        return last;
    }

    private Optional<Node> functional(Json config, List<KerasLayer> layers, Node input, boolean isOnlyReader)
            throws CannotImportException, InvalidInputException {
        Map<Source, Optional<Node>> results = new HashMap<>();
        results.put(end(config, "input_layers"), Optional.of(input));
        List<LayerCall> waiting = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (KerasLayer layer : layers) {
            List<LayerCall> calls = calls(layer);
            counts.put(layer.name(), calls.size());
            waiting.addAll(calls);
        }
        Map<Source, Integer> readers = new HashMap<>();
        Map<String, Integer> shifts = shifts(layers, waiting, end(config, "output_layers"), counts);
        waiting.replaceAll(call -> new LayerCall(call.layer(),
                call.inputs().stream().map(source -> shifted(source, shifts)).toList()));
        waiting.forEach(call -> call.inputs().forEach(source -> readers.merge(source, 1, Integer::sum)));
        Map<String, Integer> done = new HashMap<>();
        while (!waiting.isEmpty()) {
            List<LayerCall> ready =
                    waiting.stream().filter(call -> results.keySet().containsAll(call.inputs())).toList();
            if (ready.isEmpty()) {
                throw unresolved(waiting.getFirst(), results);
            }
            List<LayerCall> left = new ArrayList<>();
            for (LayerCall call : waiting) {
                if (results.keySet().containsAll(call.inputs()) && !call.inputs().isEmpty()) {
                    int index = done.merge(call.layer().name(), 1, Integer::sum) - 1;
                    boolean alone = isOnlyReader && readers.get(call.inputs().getFirst()) == 1;
                    results.put(new Source(call.layer().name(), index), result(call, results, alone));
                } else {
                    left.add(call);
                }
            }
            waiting.clear();
            waiting.addAll(left);
        }
        Source output = shifted(end(config, "output_layers"), shifts);
        if (!results.containsKey(output)) {
            throw new CannotImportException("its output " + Quotation.of(output.layer()) + " is none of its layers",
                    "");
        }
        return results.get(output);
    }

    private static List<LayerCall> calls(KerasLayer layer) throws CannotImportException {
        try {
            return LayerCall.of(layer);
        } catch (CannotImportException reason) {
            throw new CannotImportException("of its layer " + Quotation.of(layer.name()) + ", " + reason.getMessage(),
                    reason.help());
        }
    }

    private static CannotImportException unresolved(LayerCall call, Map<Source, Optional<Node>> results) {
        String missing = call.inputs().stream().filter(source -> !results.containsKey(source)).findFirst()
                .map(source -> "its layer " + Quotation.of(call.layer().name()) + " reads "
                        + Quotation.of(source.layer()) + ", which reads it in turn or is not there")
                .orElse("its layer " + Quotation.of(call.layer().name()) + " reads nothing");
        return new CannotImportException(missing, "");
    }

    /** The one input or output of a model, {@code [name, index, 0]} or a list of one such. */
    private static Source end(Json config, String which) throws CannotImportException {
        Json ends = config.get(which);
        if (ends.get(0).text().isPresent()) {
            return Source.of(ends);
        }
        if (ends.elements().size() != 1) {
            throw new CannotImportException("it has " + ends.elements().size() + " " + which + ", not one", "");
        }
        return Source.of(ends.get(0));
    }

    /**
     * By how much uses of models are counted too high. Keras counts the one by which a functional model was made as the first.
     *
     * @see <a href="https://github.com/keras-team/keras/blob/master/keras/src/models/functional.py">Functional.get_config</a>
     */
    private static Map<String, Integer> shifts(List<KerasLayer> layers, List<LayerCall> calls, Source output,
            Map<String, Integer> counts) {
        Map<String, Integer> highest = new HashMap<>(Map.of(output.layer(), output.index()));
        calls.forEach(call -> call.inputs()
                .forEach(source -> highest.merge(source.layer(), source.index(), Math::max)));
        Map<String, Integer> shifts = new HashMap<>();
        for (KerasLayer layer : layers) {
            if (layer.isModel() && counts.get(layer.name()).equals(highest.getOrDefault(layer.name(), 0))) {
                shifts.put(layer.name(), 1);
            }
        }
        return shifts;
    }

    private static Source shifted(Source source, Map<String, Integer> shifts) {
        return new Source(source.layer(), source.index() - shifts.getOrDefault(source.layer(), 0));
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
        return result(call.layer(), inputs, isOnlyReader);
    }

    private Optional<Node> result(KerasLayer layer, List<Node> inputs, boolean isOnlyReader)
            throws InvalidInputException {
        try {
            boolean several = layer.className().equals("Add") || layer.className().equals("Concatenate");
            if (inputs.size() != 1 && !several) {
                throw new CannotImportException("it reads " + inputs.size() + " results, not one", "");
            }
            if (Preprocessing.CLASSES.contains(layer.className())) {
                if (!isOnlyReader) {
                    throw new CannotImportException("other layers read the picture without it", "");
                }
                return Optional.of(preprocessing.take(layer, inputs.getFirst()));
            }
            if (layer.isModel()) {
                return build(layer.config(), layer.layers(), layer.className().equals("Sequential"), inputs.getFirst(),
                        isOnlyReader);
            }
            LayerTranslation translation = LayerTranslations.of(layer).orElseThrow(
                    () -> new CannotImportException("it stands where no layer of its kind can", ""));
            return translation.translate(nodes, layer, nodes.unique(layer.name()), inputs);
        } catch (CannotImportException reason) {
            problems.report(layer, reason);
            return Optional.empty();
        }
    }
}
