package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.raise.Phrase.Entry;
import io.xceptionc.compiler.raise.Phrase.Kind;
import io.xceptionc.compiler.raise.Phrase.Section;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Reads and replaces texts in phrases, always in the same order. */
final class NameTexts {

    private NameTexts() {}

    /** All names and references. */
    static List<Text> of(Phrase phrase) {
        return entries(phrase).filter(entry -> entry.kind() == Kind.NAME).flatMap(entry -> entry.texts().stream())
                .toList();
    }

    /** All entries, those of phrases below it, too. */
    static Stream<Entry> entries(Phrase phrase) {
        return phrase.all().flatMap(each -> each.entries().stream());
    }

    /** The phrase with other names and references. */
    static Phrase replace(Phrase phrase, UnaryOperator<Text> replacement) {
        return replace(phrase, (entry, text) -> entry.kind() == Kind.NAME ? replacement.apply(text) : text);
    }

    /** The phrase with other texts. */
    static Phrase replace(Phrase phrase, BiFunction<Entry, Text, Text> replacement) {
        List<Entry> entries = phrase.entries().stream().map(entry -> new Entry(entry.key(), entry.kind(),
                entry.texts().stream().map(text -> replacement.apply(entry, text)).toList())).toList();
        List<Section> lists = phrase.lists().stream()
                .map(section -> new Section(section.key(), section.paths().stream()
                        .map(path -> path.stream().map(inner -> replace(inner, replacement)).toList()).toList()))
                .toList();
        return new Phrase(phrase.word(), entries, lists, phrase.size());
    }
}
