package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.language.attribute.WordType;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names of layers that the language allows: those of the graph, where they are legal, others made so. No two layers
 * have the same, nor do any of their tensors.
 */
final class LegalNames {

    private static final String ACTIVATION = "_activation";

    /** What the language calls by itself. */
    private static final Set<String> RESERVED = Set.of("input", "output");

    /** Longer names are cut, so that there is room for a keyword, a number and an activation. */
    private static final int LONGEST = WordType.LAYER_NAME.longest() - 50;

    private final NamingConvention convention;
    private final Map<Layer, String> names = new HashMap<>();
    private final Map<String, Layer> outputs;
    private final Set<String> taken = new HashSet<>(RESERVED);
    private final Set<String> takenTensors = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * Of layers in the spec's order.
     *
     * @param outputs by legal names, which no other layer may have
     */
    LegalNames(List<Layer> layers, Map<String, Layer> outputs, NamingConvention convention) {
        this.convention = convention;
        this.outputs = outputs;
        List<Layer> others = new ArrayList<>();
        for (Layer layer : layers) {
            if (isLegal(layer) && isFree(layer, layer.sourceName())) {
                take(layer, layer.sourceName());
            } else {
                others.add(layer);
            }
        }
        others.forEach(layer -> take(layer, unique(layer, legal(layer.sourceName(), layer.op().keyword()))));
    }

    /** The name of a layer. */
    String of(Layer layer) {
        return names.get(layer);
    }

    /** Whether a layer could be called so, whatever it is. */
    boolean isFree(String name) {
        return name.length() <= LONGEST && Stream.of("", ACTIVATION, ".conv1", ".pointwise")
                .noneMatch(end -> taken.contains(name + end) || outputs.containsKey(name + end));
    }

    /** Names of outputs that the language allows, in their order; no two are the same. */
    static SequencedMap<String, Layer> ofOutputs(SequencedMap<String, Layer> outputs) {
        SequencedMap<String, Layer> legal = new LinkedHashMap<>();
        outputs.forEach((name, layer) -> {
            String stem = WordType.LAYER_NAME.accepts(name) ? name : legal(name, Output.UNNAMED.name());
            String candidate = stem;
            for (int n = 2; legal.containsKey(candidate); n++) {
                candidate = stem + "_" + n;
            }
            legal.put(candidate, layer);
        });
        return legal;
    }

    private static boolean isLegal(Layer layer) {
        String longest = layer.sourceName() + (layer.activation().isPresent() ? ACTIVATION : "");
        return WordType.LAYER_NAME.accepts(layer.sourceName()) && longest.length() <= WordType.LAYER_NAME.longest();
    }

    private boolean isFree(Layer layer, String name) {
        return !taken.contains(name) && outputs.getOrDefault(name, layer) == layer
                && (layer.activation().isEmpty()
                        || (!taken.contains(name + ACTIVATION) && !outputs.containsKey(name + ACTIVATION)))
                && tensorNames(layer, name).noneMatch(takenTensors::contains);
    }

    private Stream<String> tensorNames(Layer layer, String name) {
        return LayerTensor.of(layer.op()).stream().map(tensor -> convention.tensorName(name, tensor.role()));
    }

    private void take(Layer layer, String name) {
        names.put(layer, name);
        taken.add(name);
        if (layer.activation().isPresent()) {
            taken.add(name + ACTIVATION);
        }
        tensorNames(layer, name).forEach(takenTensors::add);
    }

    private String unique(Layer layer, String name) {
        String candidate = name;
        while (!isFree(layer, candidate)) {
            candidate = name + "_" + (counts.merge(name, 1, Integer::sum) + 1);
        }
        return candidate;
    }

    /** Any text as a name: what is no letter, digit or separator becomes {@code _}, empty parts go. */
    private static String legal(String text, String keyword) {
        StringBuilder name = new StringBuilder();
        text.codePoints().limit(2L * LONGEST).forEach(character -> {
            char last = name.isEmpty() ? '/' : name.charAt(name.length() - 1);
            if (character == '.' || character == '/') {
                name.append(isSeparator(last) ? "" : Character.toString(character));
            } else if (isWordCharacter(character)) {
                name.appendCodePoint(character);
            } else {
                name.append(last == '_' ? "" : "_");
            }
        });
        name.setLength(Math.min(name.length(), LONGEST));
        while (!name.isEmpty() && isSeparator(name.charAt(name.length() - 1))) {
            name.setLength(name.length() - 1);
        }
        if (name.chars().allMatch(character -> character == '_')) {
            return keyword;
        }
        return Character.isDigit(name.charAt(0)) ? keyword + "_" + name : name.toString();
    }

    private static boolean isSeparator(int character) {
        return character == '.' || character == '/';
    }

    private static boolean isWordCharacter(int character) {
        return character < 0x80 && (character == '_' || Character.isLetterOrDigit(character));
    }
}
