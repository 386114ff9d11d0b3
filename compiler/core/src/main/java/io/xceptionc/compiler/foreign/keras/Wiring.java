package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.keras.LayerCall.Source;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasLayer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Which layer of a functional model reads which.
 *
 * @param input what stands for the model's input
 * @param outputs whose results are the model's, by the names that Keras gives them
 * @param calls all uses of all layers
 * @param readers how many uses read each result
 */
record Wiring(
        Source input,
        SequencedMap<String, Source> outputs,
        List<LayerCall> calls,
        Map<Source, Integer> readers) {

    /** Of a model's config. */
    static Wiring of(Json config, List<KerasLayer> layers) throws CannotImportException {
        List<LayerCall> calls = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (KerasLayer layer : layers) {
            List<LayerCall> own = calls(layer);
            counts.put(layer.name(), own.size());
            calls.addAll(own);
        }
        SequencedMap<String, Source> outputs = outputs(config.get("output_layers"));
        Map<String, Integer> shifts = shifts(layers, calls, outputs.values(), counts);
        calls.replaceAll(
                call -> call.withInputs(call.inputs().stream().map(source -> shifted(source, shifts)).toList()));
        calls = ChannelStacks.joined(calls,
                outputs.values().stream().map(output -> shifted(output, shifts)).toList());
        Map<Source, Integer> readers = new HashMap<>();
        calls.forEach(call -> call.inputs().forEach(source -> readers.merge(source, 1, Integer::sum)));
        outputs.replaceAll((_, output) -> shifted(output, shifts));
        outputs.values().forEach(output -> readers.merge(output, 1, Integer::sum));
        return new Wiring(input(config.get("input_layers")), outputs, calls, readers);
    }

    private static List<LayerCall> calls(KerasLayer layer) throws CannotImportException {
        try {
            return LayerCall.of(layer);
        } catch (CannotImportException reason) {
            throw new CannotImportException("of its layer " + Quotation.of(layer.name()) + ", " + reason.getMessage(),
                    reason.help());
        }
    }

    /** The one input of a model, {@code [name, index, 0]}, or a list or mapping of one such. */
    private static Source input(Json ends) throws CannotImportException {
        if (ends.get(0).text().isPresent()) {
            return Source.of(ends);
        }
        List<Json> all = ends.isList() ? ends.elements() : List.copyOf(ends.members().values());
        if (all.size() != 1) {
            throw new CannotImportException("it has " + all.size() + " input_layers, not one", "");
        }
        return Source.of(all.getFirst());
    }

    /**
     * The outputs of a model, {@code [name, index, 0]}, or a list or mapping of such. In a list, they are called as
     * their layers.
     */
    private static SequencedMap<String, Source> outputs(Json ends) throws CannotImportException {
        SequencedMap<String, Source> outputs = new LinkedHashMap<>();
        if (ends.get(0).text().isPresent()) {
            outputs.put(ends.get(0).text().get(), Source.of(ends));
        } else if (ends.isList()) {
            for (Json end : ends.elements()) {
                Source source = Source.of(end);
                String name = source.layer();
                for (int n = 1; outputs.containsKey(name); n++) {
                    name = source.layer() + "_" + n;
                }
                outputs.put(name, source);
            }
        } else {
            for (Map.Entry<String, Json> end : ends.members().entrySet()) {
                outputs.put(end.getKey(), Source.of(end.getValue()));
            }
        }
        if (outputs.isEmpty()) {
            throw new CannotImportException("it has no output_layers", "");
        }
        return outputs;
    }

    /**
     * By how much uses of models are counted too high. Keras counts the one by which a functional model was made as the
     * first.
     *
     * @see <a href="https://github.com/keras-team/keras/blob/master/keras/src/models/functional.py">Functional.get_config</a>
     */
    private static Map<String, Integer> shifts(List<KerasLayer> layers, List<LayerCall> calls,
            Collection<Source> outputs, Map<String, Integer> counts) {
        Map<String, Integer> highest = new HashMap<>();
        outputs.forEach(output -> highest.merge(output.layer(), output.index(), Math::max));
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
}
