package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.raise.Item.Joined;
import io.xceptionc.compiler.raise.Item.Shared;
import io.xceptionc.compiler.raise.Item.Single;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What layers are called in the spec. */
final class SpecNames {

    private final Layer input;
    private final LegalNames legal;
    private final Renaming renaming;
    private final Map<Layer, Layer> firstPasses = new HashMap<>();

    /** Of the layers of items, and of the network's input. */
    SpecNames(List<Item> items, Layer input, NamingConvention convention) {
        this.input = input;
        this.legal = new LegalNames(items.stream().flatMap(Item::layers).toList(), convention);
        this.renaming = new Renaming(legal::isFree);
        addFirstPasses(items);
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
        Layer written = layer;
        while (firstPasses.containsKey(written)) {
            written = firstPasses.get(written);
        }
        return written == input ? Phrase.INPUT : renaming.newName(legal.of(written));
    }

    /** To call layers something else. */
    Renaming renaming() {
        return renaming;
    }
}
