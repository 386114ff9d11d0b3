package io.xceptionc.compiler.raise;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An item of a list of layers as a spec has it.
 *
 * @param word the keyword
 * @param entries what stands beside or below it, but lists of layers
 * @param lists the lists of layers
 * @param size rows and columns of its result, in words
 */
record Phrase(String word, List<Entry> entries, List<Section> lists, String size) {

    /** How the value of an entry may differ between items that are written as one. */
    enum Kind {
        /** A layer's name, or a reference to one: in its numbers, or wholly. */
        NAME,
        /** Wholly. */
        VALUE,
        /** Not at all. */
        FIXED
    }

    /**
     * A key and its value.
     *
     * @param texts the value, or the values of a list
     */
    record Entry(String key, Kind kind, List<Text> texts) {

        Entry {
            texts = List.copyOf(texts);
        }
    }

    /**
     * A key and what stands below it.
     *
     * @param paths one list of layers, or for the key {@code paths} several
     */
    record Section(String key, List<List<Phrase>> paths) {

        Section {
            paths = List.copyOf(paths);
        }
    }

    static final String NAME = "name";
    static final String INPUT = "input";
    static final String INPUTS = "inputs";
    static final String REPEAT = "repeat";
    static final String INDEX = "index";
    static final String BLOCK = "block";
    static final String LAYERS = "layers";

    Phrase {
        entries = List.copyOf(entries);
        lists = List.copyOf(lists);
    }

    /** An entry with a value that never differs. */
    static Entry fixed(String key, String value) {
        return new Entry(key, Kind.FIXED, List.of(Text.ofValue(value)));
    }

    /** The value of a key with one value. */
    Optional<Text> value(String key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).map(entry -> entry.texts().getFirst())
                .findFirst();
    }

    /** This and all phrases below it, each before those below it. */
    Stream<Phrase> all() {
        return Stream.concat(Stream.of(this), inner().flatMap(Phrase::all));
    }

    /** The phrases just below it. */
    Stream<Phrase> inner() {
        return lists.stream().flatMap(section -> section.paths().stream()).flatMap(List::stream);
    }

    /** How many lines it takes, nearly. */
    int lineCount() {
        return lists.isEmpty() ? 1 : 1 + entries.size() + lists.size() + inner().mapToInt(Phrase::lineCount).sum();
    }

    /** The indices of all repeats in it. */
    Set<String> indices() {
        Set<String> indices = new HashSet<>();
        all().filter(phrase -> phrase.word().equals(REPEAT)).flatMap(phrase -> phrase.value(INDEX).stream())
                .forEach(index -> indices.add(index.print()));
        return indices;
    }
}
