package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.raise.Phrase.Entry;
import io.xceptionc.compiler.raise.Phrase.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays phrases out as YAML: a layer on a line, lists of layers below their key. */
final class SpecPrinter {

    private SpecPrinter() {}

    /** The lines of a list of layers, without indentation. */
    static List<String> list(List<Phrase> phrases) {
        return phrases.stream().flatMap(phrase -> item(phrase).stream()).toList();
    }

    /** The lines of the network's layers, with a comment where their results have another size than those before. */
    static List<String> commented(List<Phrase> phrases, String inputSize) {
        List<String> lines = new ArrayList<>();
        String size = inputSize;
        for (Phrase phrase : phrases) {
            if (!phrase.size().equals(size)) {
                lines.add("# to " + phrase.size());
            }
            size = phrase.size();
            lines.addAll(item(phrase));
        }
        return lines;
    }

    private static List<String> item(Phrase phrase) {
        if (phrase.lists().isEmpty()) {
            return List.of("- " + flow(phrase));
        }
        boolean isRepeat = phrase.word().equals(Phrase.REPEAT);
        List<String> lines = new ArrayList<>();
        if (!isRepeat) {
            lines.add(phrase.word() + ":");
        }
        String indent = isRepeat ? "" : "  ";
        phrase.entries().forEach(entry -> lines.add(indent + entry(entry)));
        phrase.lists().forEach(section -> section(section).forEach(line -> lines.add(indent + line)));
        return asItem(lines);
    }

    private static List<String> asItem(List<String> lines) {
        return Stream.concat(lines.stream().limit(1).map(line -> "- " + line),
                lines.stream().skip(1).map(line -> "  " + line)).toList();
    }

    private static List<String> section(Section section) {
        if (section.paths().size() == 1 && !section.key().equals("paths")) {
            List<Phrase> only = section.paths().getFirst();
            if (only.size() == 1 && only.getFirst().lists().isEmpty() && section.key().equals(Phrase.LAYERS)) {
                return List.of(section.key() + ": [" + flow(only.getFirst(), true) + "]");
            }
            return below(section.key(), list(only));
        }
        List<String> lines = new ArrayList<>();
        for (List<Phrase> path : section.paths()) {
            lines.addAll(path.isEmpty() ? List.of("- []") : asItem(list(path)));
        }
        return below(section.key(), lines);
    }

    /** A key and lines below it. */
    static List<String> below(String key, List<String> lines) {
        return Stream.concat(Stream.of(key + ":"), lines.stream().map(line -> "  " + line)).toList();
    }

    private static String flow(Phrase phrase) {
        return flow(phrase, false);
    }

    private static String flow(Phrase phrase, boolean isInside) {
        if (phrase.word().equals(Phrase.BLOCK)) {
            String block = entry(phrase.entries().getFirst());
            String parameters = entries(phrase.entries().subList(1, phrase.entries().size()));
            return "{" + block + (parameters.isEmpty() ? "" : ", with: {" + parameters + "}") + "}";
        }
        String attributes = entries(phrase.entries());
        String mapping = phrase.word() + ": {" + attributes + "}";
        return attributes.isEmpty() ? phrase.word() : isInside ? "{" + mapping + "}" : mapping;
    }

    private static String entries(List<Entry> entries) {
        return entries.stream().map(SpecPrinter::entry).collect(Collectors.joining(", "));
    }

    private static String entry(Entry entry) {
        String value = entry.texts().stream().map(text -> YamlText.of(text.print())).collect(Collectors.joining(", "));
        return entry.key() + ": " + (entry.key().equals(Phrase.INPUTS) ? "[" + value + "]" : value);
    }
}
