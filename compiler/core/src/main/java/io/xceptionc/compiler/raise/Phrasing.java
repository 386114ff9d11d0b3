package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.language.Description.Setting;
import io.xceptionc.compiler.language.LayerAttributes;
import io.xceptionc.compiler.language.Merges;
import io.xceptionc.compiler.language.Operator;
import io.xceptionc.compiler.raise.Item.Joined;
import io.xceptionc.compiler.raise.Item.Shared;
import io.xceptionc.compiler.raise.Item.Single;
import io.xceptionc.compiler.raise.Phrase.Entry;
import io.xceptionc.compiler.raise.Phrase.Kind;
import io.xceptionc.compiler.raise.Phrase.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says items in the words of the language. */
final class Phrasing {

    private final SpecNames names;
    private final Map<Layer, List<Setting>> settings;

    /**
     * With what is to be said of layers.
     *
     * @param names what layers are called
     * @param settings what defaults do not say
     */
    Phrasing(SpecNames names, Map<Layer, List<Setting>> settings) {
        this.names = names;
        this.settings = settings;
    }

    /** A list of layers that reads a value. */
    List<Phrase> phrases(List<Item> items, Layer entry) {
        List<Phrase> phrases = new ArrayList<>();
        Layer previous = entry;
        for (Item item : items) {
            phrases.add(switch (item) {
                case Single(Layer layer) -> operator(layer, previous);
                case Joined joined -> joined(joined, previous);
                case Shared shared -> shared(shared);
            });
            previous = item.result();
        }
        return List.copyOf(phrases);
    }

    private Phrase operator(Layer layer, Layer previous) {
        Operator operator = LayerSettings.operator(layer);
        List<Entry> entries = new ArrayList<>(List.of(name(layer)));
        if (operator.attributes().contains(LayerAttributes.INPUTS)) {
            entries.add(new Entry(Phrase.INPUTS, Kind.NAME,
                    layer.inputs().stream().map(input -> Text.ofName(names.of(input))).toList()));
        } else {
            addInput(entries, layer.input(), previous);
        }
        settings.get(layer).forEach(setting -> entries
                .add(new Entry(setting.attribute().name(), Kind.VALUE, List.of(Text.ofValue(setting.text())))));
        return new Phrase(operator.word(), entries, List.of(), size(layer.type()));
    }

    private Entry name(Layer layer) {
        return new Entry(Phrase.NAME, Kind.NAME, List.of(Text.ofName(names.of(layer))));
    }

    private void addInput(List<Entry> entries, Layer input, Layer previous) {
        if (input != previous) {
            entries.add(new Entry(Phrase.INPUT, Kind.NAME, List.of(Text.ofName(names.of(input)))));
        }
    }

    private static String size(TensorType type) {
        return type.flat() ? "a vector" : type.height() + " x " + type.width();
    }

    private Phrase joined(Joined joined, Layer previous) {
        List<Entry> entries = new ArrayList<>(List.of(name(joined.merge())));
        addInput(entries, joined.fork(), previous);
        boolean adds = joined.merge().op() instanceof Add
                && joined.merge().inputs().stream().allMatch(input -> input.type().equals(joined.merge().type()));
        List<List<Item>> paths = joined.paths();
        if (adds && paths.size() == 2) {
            boolean isReversed = layerCount(paths.get(0)) < layerCount(paths.get(1));
            return new Phrase("residual", entries, residual(joined.fork(), isReversed ? paths.reversed() : paths),
                    size(joined.merge().type()));
        }
        String merge = joined.merge().op().keyword();
        if (Merges.MERGE.defaultValue().filter(merge::equals).isEmpty()) {
            entries.add(Phrase.fixed(Merges.MERGE.name(), merge));
        }
        List<List<Phrase>> phrases = paths.stream().map(path -> phrases(path, joined.fork())).toList();
        return new Phrase("branches", entries, List.of(new Section("paths", phrases)), size(joined.merge().type()));
    }

    private List<Section> residual(Layer fork, List<List<Item>> paths) {
        List<Section> sections = new ArrayList<>(
                List.of(new Section("body", List.of(phrases(paths.getFirst(), fork)))));
        if (!paths.getLast().isEmpty()) {
            sections.add(new Section("shortcut", List.of(phrases(paths.getLast(), fork))));
        }
        return sections;
    }

    private static long layerCount(List<Item> path) {
        return path.stream().flatMap(Item::layers).count();
    }

    private Phrase shared(Shared shared) {
        List<Entry> entries = List.of(Phrase.fixed(Phrase.REPEAT, Integer.toString(shared.count())),
                Phrase.fixed("weights", "shared"));
        return new Phrase(Phrase.REPEAT, entries,
                List.of(new Section(Phrase.LAYERS, List.of(phrases(shared.items(), shared.source())))),
                size(shared.result().type()));
    }
}
