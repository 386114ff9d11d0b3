package io.xceptionc.compiler.language;

import io.xceptionc.compiler.language.attribute.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A word of the language with the attributes that it takes; all keywords together are the language's one table. */
public sealed interface Keyword permits Operator, Structure {

    /** The word as an author writes it. */
    String word();

    /** One line for people. */
    String description();

    /** What it takes, in the order of the reference. */
    List<Attribute<?>> attributes();

    /** Every keyword, structures first. */
    static List<Keyword> all() {
        List<Keyword> all = new ArrayList<>(List.of(Structure.values()));
        all.addAll(Operators.ALL);
        return List.copyOf(all);
    }

    /** The words that can begin a layer. */
    static List<String> layerWords() {
        return all().stream().filter(keyword -> !(keyword instanceof Structure structure) || structure.isLayer())
                .map(Keyword::word).toList();
    }

    /** The attribute of a name. */
    default Optional<Attribute<?>> attribute(String name) {
        return attributes().stream().<Attribute<?>>map(attribute -> attribute)
                .filter(attribute -> attribute.name().equals(name)).findFirst();
    }

    /** The names of its attributes. */
    default List<String> attributeNames() {
        return attributes().stream().map(Attribute::name).toList();
    }
}
