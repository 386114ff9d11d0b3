package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The names of two or more earlier layers, with their places. */
public record ReferencesType() implements AttributeType<List<ReferencesType.Reference>> {

    /** How many layers one layer can read, and how many ways can lie side by side. */
    public static final int MOST = 1000;

    /**
     * The name of a layer where it is referred to.
     *
     * @param name the layer's name
     * @param value where it is named
     */
    public record Reference(String name, Value value) {}

    @Override
    public String describe() {
        return "a list of two or more names of earlier layers";
    }

    @Override
    public Optional<List<Reference>> read(String name, Value value, Diagnostics diagnostics) {
        if (!(value instanceof Sequence list) || list.items().size() < 2) {
            return Complaints.wrong(name, this, value, "write " + name + ": [first_layer, second_layer]", diagnostics);
        }
        if (list.items().size() > MOST) {
            return Complaints.tooMany(name, list, MOST,
                    "let layers read at most so many each, and another one read those",
                    diagnostics);
        }
        List<Reference> references = new ArrayList<>();
        for (Value item : list.items()) {
            WordType.LAYER_NAME.read(name, item, diagnostics)
                    .ifPresent(word -> references.add(new Reference(word, item)));
        }
        return references.size() == list.items().size() ? Optional.of(List.copyOf(references)) : Optional.empty();
    }
}
