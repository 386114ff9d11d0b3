package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.raise.Phrase.Entry;
import io.xceptionc.compiler.raise.Phrase.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Numbers phrases by what they have in common: two have the same number if they differ in entries of some kinds only.
 */
final class Shapes {

    private final Set<Kind> differing;
    private final Map<List<Object>, Integer> numbers = new HashMap<>();

    private Shapes(Set<Kind> differing) {
        this.differing = differing;
    }

    /** Phrases that differ in names only have the same. */
    static Shapes ofValues() {
        return new Shapes(Set.of(Kind.NAME));
    }

    /** Phrases that differ in names and values only have the same. */
    static Shapes ofKeys() {
        return new Shapes(Set.of(Kind.NAME, Kind.VALUE));
    }

    /** The number of a phrase. */
    int of(Phrase phrase) {
        List<Object> parts = List.of(phrase.word(), phrase.entries().stream().map(this::shape).toList(),
                phrase.lists().stream().map(section -> List.of(section.key(), section.paths().stream()
                        .map(path -> path.stream().map(this::of).toList()).toList())).toList());
        return numbers.computeIfAbsent(parts, _ -> numbers.size());
    }

    /** The numbers of phrases. */
    int[] of(List<Phrase> phrases) {
        return phrases.stream().mapToInt(this::of).toArray();
    }

    private List<Object> shape(Entry entry) {
        return List.of(entry.key(), differing.contains(entry.kind()) ? entry.texts().size() : entry.texts());
    }
}
