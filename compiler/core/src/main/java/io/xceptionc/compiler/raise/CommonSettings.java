package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.language.Activations;
import io.xceptionc.compiler.language.Description.Setting;
import io.xceptionc.compiler.language.LayerAttributes;
import io.xceptionc.compiler.language.Operator;
import io.xceptionc.compiler.language.Operators;
import io.xceptionc.compiler.language.attribute.Attribute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/** Finds the attributes that most layers of an operator have in common: {@code defaults} of the spec. */
final class CommonSettings {

    /** What a layer is known by. */
    private static final Set<Attribute<?>> INDIVIDUAL =
            Set.of(LayerAttributes.FILTERS, LayerAttributes.UNITS, LayerAttributes.STRIDE, Activations.ACTIVATION);

    /** How many layers must become shorter by a default. */
    private static final int LEAST_SAVED = 2;

    private final Map<Operator, SequencedMap<Attribute<?>, String>> defaults =
            new TreeMap<>(Comparator.comparingInt(Operators.ALL::indexOf));

    /** Of the settings of all layers, by operator. */
    CommonSettings(Map<Operator, List<List<Setting>>> settings) {
        settings.forEach((operator, layers) -> {
            SequencedMap<Attribute<?>, String> common = new LinkedHashMap<>();
            for (Setting first : layers.getFirst()) {
                Attribute<?> attribute = first.attribute();
                List<Setting> values = layers.stream().flatMap(List::stream)
                        .filter(setting -> setting.attribute().equals(attribute)).toList();
                if (values.size() == layers.size()) { // a plain relu has none of those that a bounded one has
                    common(attribute, values).ifPresent(text -> common.put(attribute, text));
                }
            }
            if (!common.isEmpty()) {
                defaults.put(operator, common);
            }
        });
    }

    private static Optional<String> common(Attribute<?> attribute, Collection<Setting> values) {
        Map<String, Integer> counts = new HashMap<>();
        values.forEach(value -> counts.merge(value.text(), 1, Integer::sum));
        Map.Entry<String, Integer> most = counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow();
        long omissible = values.stream().filter(Setting::isOmissible).count();
        boolean isCommon = 4L * most.getValue() >= 3L * values.size();
        return !INDIVIDUAL.contains(attribute) && isCommon && most.getValue() - omissible >= LEAST_SAVED
                ? Optional.of(most.getKey())
                : Optional.empty();
    }

    /** The defaults, by operator. */
    Map<Operator, SequencedMap<Attribute<?>, String>> all() {
        return defaults;
    }

    /** What must still be said at a layer. */
    List<Setting> remaining(Operator operator, List<Setting> settings) {
        SequencedMap<Attribute<?>, String> common = defaults.getOrDefault(operator, new LinkedHashMap<>());
        List<Setting> remaining = new ArrayList<>(settings);
        remaining.removeIf(setting -> common.containsKey(setting.attribute())
                ? common.get(setting.attribute()).equals(setting.text())
                : setting.isOmissible());
        return remaining;
    }
}
