package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.graph.op.Windowed;
import io.xceptionc.compiler.language.Activations;
import io.xceptionc.compiler.language.Description;
import io.xceptionc.compiler.language.Description.Setting;
import io.xceptionc.compiler.language.Operator;
import io.xceptionc.compiler.language.Operators;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what is to be said of a layer: its operator's attributes, all but names and what it reads. */
final class LayerSettings {

    private LayerSettings() {}

    /** What is to be said of each layer, in the order of the reference. */
    static Map<Layer, List<Setting>> of(List<Layer> layers, NamingConvention convention) {
        Map<Operator, List<PaddingWords.Place>> places = new HashMap<>();
        for (Layer layer : layers) {
            List<PaddingWords.Place> known = places.computeIfAbsent(operator(layer), _ -> new ArrayList<>());
            if (layer.op() instanceof Windowed windowed) {
                known.add(new PaddingWords.Place(windowed.window(), layer.input().type()));
            }
        }
        Map<Operator, PaddingWords> words = new HashMap<>();
        places.forEach((operator, all) -> words.put(operator, new PaddingWords(convention, all)));
        Map<Layer, List<Setting>> settings = new HashMap<>();
        layers.forEach(layer -> settings.put(layer, of(layer, convention, words.get(operator(layer)))));
        return settings;
    }

    private static List<Setting> of(Layer layer, NamingConvention convention, PaddingWords padding) {
        Description said = new Description(convention, window -> padding.at(window, layer.input().type()));
        Operator operator = operator(layer);
        operator.describe(layer.op(), said);
        List<Attribute<?>> order = operator.attributes();
        if (order.contains(Activations.ACTIVATION)) {
            said.set(Activations.ACTIVATION, layer.activation().flatMap(Activations::word).orElse(Activations.NONE));
        }
        return said.settings().stream()
                .sorted(Comparator.comparingInt(setting -> order.indexOf(setting.attribute()))).toList();
    }

    /** The keyword of a layer. */
    static Operator operator(Layer layer) {
        return Operators.of(layer.op()).orElseThrow();
    }
}
