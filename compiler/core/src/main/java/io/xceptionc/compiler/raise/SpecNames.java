package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.raise.Item.Joined;
import io.xceptionc.compiler.raise.Item.Shared;
import io.xceptionc.compiler.raise.Item.Single;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What layers are called in the spec. */
final class SpecNames {

    private final Layer input;
    private final SequencedMap<String, Layer> outputs;
    private final LegalNames legal;
    private final Renaming renaming;
    private final Map<Layer, Layer> firstPasses = new HashMap<>();

    /** Of the layers of items, of the network's input and of its outputs. */
    SpecNames(List<Item> items, Layer input, SequencedMap<String, Layer> outputs, NamingConvention convention) {
        this.input = input;
        addFirstPasses(items);
        this.outputs = LegalNames.ofOutputs(outputs);
        this.outputs.replaceAll((_, layer) -> written(layer));
        this.legal = new LegalNames(items.stream().flatMap(Item::layers).toList(), this.outputs, convention);
        this.renaming = new Renaming(legal::isFree);
    }

    /** A layer of a later pass is known by its like in the first. */
    private void addFirstPasses(List<Item> items) {
        for (Item item : items) {
            switch (item) {
                case Single _ -> {
                    // Written itself.
                }
                case Joined joined -> joined.paths().forEach(this::addFirstPasses);
                case Shared shared -> {
                    firstPasses.put(shared.result(), shared.items().getLast().result());
                    addFirstPasses(shared.items());
                }
            }
        }
    }

    /** The name of a layer that is written or read. */
    String of(Layer layer) {
        Layer written = written(layer);
        return written == input ? Phrase.INPUT : renaming.newName(legal.of(written));
    }

    private Layer written(Layer layer) {
        Layer written = layer;
        while (firstPasses.containsKey(written)) {
            written = firstPasses.get(written);
        }
        return written;
    }

    /** The names of the outputs, each with that of the layer whose result it is. */
    SequencedMap<String, String> outputs() {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        outputs.forEach((name, layer) -> names.put(name, of(layer)));
        return names;
    }

    /** To call layers something else. */
    Renaming renaming() {
        return renaming;
    }
}
