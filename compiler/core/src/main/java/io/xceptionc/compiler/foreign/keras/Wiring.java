package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.keras.LayerCall.Source;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which layer of a functional model reads which.
 *
 * @param input what stands for the model's input
 * @param output whose result is the model's
 * @param calls all uses of all layers
 * @param readers how many uses read each result
 */
record Wiring(Source input, Source output, List<LayerCall> calls, Map<Source, Integer> readers) {

    /** Of a model's config. */
    static Wiring of(Json config, List<KerasLayer> layers) throws CannotImportException {
        List<LayerCall> calls = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (KerasLayer layer : layers) {
            List<LayerCall> own = calls(layer);
            counts.put(layer.name(), own.size());
            calls.addAll(own);
        }
        Source output = end(config, "output_layers");
        Map<String, Integer> shifts = shifts(layers, calls, output, counts);
        calls.replaceAll(call -> new LayerCall(call.layer(), call.index(),
                call.inputs().stream().map(source -> shifted(source, shifts)).toList(), call.training()));
        Map<Source, Integer> readers = new HashMap<>();
        calls.forEach(call -> call.inputs().forEach(source -> readers.merge(source, 1, Integer::sum)));
        return new Wiring(end(config, "input_layers"), shifted(output, shifts), calls, readers);
    }

    private static List<LayerCall> calls(KerasLayer layer) throws CannotImportException {
        try {
            return LayerCall.of(layer);
        } catch (CannotImportException reason) {
            throw new CannotImportException("of its layer " + Quotation.of(layer.name()) + ", " + reason.getMessage(),
                    reason.help());
        }
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
}
