package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.raise.Phrase.Entry;
import io.xceptionc.compiler.raise.Phrase.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds what several stretches of phrases, alike in their keys, have in common, and parameters for the rest. */
final class Generalisation {

    /** What stands for parts that differ, with the parts that it stands for. */
    private record Hole(String name, Kind kind, String key, List<Text> values) {

        /** Of numbers that are greater by the same. */
        Hole plus(long summand) {
            return new Hole(name, kind, key, values.stream().map(value -> new Text(
                    List.of(new Text.Digits(((Text.Digits) value.parts().getFirst()).value().plus(summand)))))
                    .toList());
        }
    }

    private final List<List<Phrase>> stretches;
    private final Set<String> taken = new HashSet<>();
    private final Set<String> indices = new HashSet<>();
    private final List<Hole> holes = new ArrayList<>();

    /** How often which summand is added to a hole's number. */
    private final Map<String, Map<Long, Integer>> summands = new HashMap<>();

    private final List<Phrase> common;

    /** Of two or more stretches. */
    Generalisation(List<List<Phrase>> stretches) {
        this.stretches = stretches;
        stretches.forEach(stretch -> stretch.forEach(phrase -> indices.addAll(phrase.indices())));
        taken.addAll(indices);
        generalise();
        holes.replaceAll(hole -> mostCommon(hole).map(hole::plus).orElse(hole));
        this.common = generalise();
    }

    private Optional<Long> mostCommon(Hole hole) {
        return summands.getOrDefault(hole.name, Map.of()).entrySet().stream()
                .max(Map.Entry.<Long, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    private List<Phrase> generalise() {
        List<List<Entry>> entries = stretches.stream()
                .map(stretch -> stretch.stream().flatMap(NameTexts::entries).toList()).toList();
        List<Text> texts = new ArrayList<>();
        for (int i = 0; i < entries.getFirst().size(); i++) {
            Entry entry = entries.getFirst().get(i);
            for (int k = 0; k < entry.texts().size(); k++) {
                int slot = i;
                int item = k;
                texts.add(common(entry, entries.stream().map(each -> each.get(slot).texts().get(item)).toList()));
            }
        }
        Iterator<Text> next = texts.iterator();
        return stretches.getFirst().stream().map(phrase -> NameTexts.replace(phrase, (_, _) -> next.next())).toList();
    }

    /** Whether no parameter would be given the index of a repeat within the stretches, which nobody outside knows. */
    boolean isClosed() {
        return holes.stream().flatMap(hole -> hole.values.stream())
                .noneMatch(value -> value.variables().stream().anyMatch(indices::contains));
    }

    /** How many parameters stand for names, not for numbers in them. */
    long nameCount() {
        return holes.stream().filter(hole -> hole.key.equals(Phrase.NAME)).count();
    }

    /** The parameters' names. */
    List<String> parameters() {
        return holes.stream().map(Hole::name).toList();
    }

    /** The phrases with parameters in them. */
    List<Phrase> common() {
        return common;
    }

    /** The call of a block that stands for one of the stretches. */
    Phrase call(String block, int stretch) {
        List<Entry> entries = new ArrayList<>(List.of(Phrase.fixed(Phrase.BLOCK, block)));
        holes.forEach(hole -> entries.add(new Entry(hole.name, hole.kind, List.of(hole.values.get(stretch)))));
        return new Phrase(Phrase.BLOCK, entries, List.of(), stretches.get(stretch).getLast().size());
    }

    private Text common(Entry entry, List<Text> texts) {
        if (texts.stream().distinct().count() == 1 && isKnownInside(texts.getFirst())) {
            return texts.getFirst();
        }
        return switch (entry.kind()) {
            case NAME -> texts.stream().allMatch(text -> alike(texts.getFirst(), text)) ? counted(texts) : cut(texts);
            case VALUE -> parameter(Kind.VALUE, entry.key(), texts);
            case FIXED -> throw new IllegalStateException("differs: " + entry);
        };
    }

    /** Whether all variables of a text are indices of repeats within the stretches. */
    private boolean isKnownInside(Text text) {
        return indices.containsAll(text.variables());
    }

    /** Whether two texts differ in nothing but numbers. */
    private static boolean alike(Text text, Text other) {
        return text.parts().size() == other.parts().size() && IntStream.range(0, text.parts().size())
                .allMatch(i -> text.parts().get(i) instanceof Text.Digits
                        ? other.parts().get(i) instanceof Text.Digits
                        : text.parts().get(i) instanceof Text.Word word && word.equals(other.parts().get(i)));
    }

    private Text counted(List<Text> texts) {
        List<Text.Part> parts = new ArrayList<>();
        for (int i = 0; i < texts.getFirst().parts().size(); i++) {
            int slot = i;
            List<Text.Part> each = texts.stream().map(text -> text.parts().get(slot)).toList();
            boolean isConstant = each.stream().distinct().count() == 1
                    && isKnownInside(new Text(each.subList(0, 1)));
            parts.add(isConstant
                    ? each.getFirst()
                    : new Text.Digits(number(each.stream().map(part -> ((Text.Digits) part).value()).toList())));
        }
        return new Text(parts);
    }

    /** A parameter for numbers, or an earlier one that differs from them by the same everywhere. */
    private Linear number(List<Linear> values) {
        for (Hole hole : holes) {
            Optional<Long> difference = difference(hole, values);
            if (difference.isPresent()) {
                summands.computeIfAbsent(hole.name, _ -> new HashMap<>()).merge(difference.get(), 1, Integer::sum);
                return Linear.ofVariable(hole.name).plus(difference.get());
            }
        }
        List<Text> texts = values.stream().map(value -> new Text(List.of(new Text.Digits(value)))).toList();
        Hole hole = new Hole(VariableNames.number(taken), Kind.NAME, "", texts);
        taken.add(hole.name);
        holes.add(hole);
        summands.computeIfAbsent(hole.name, _ -> new HashMap<>()).merge(0L, 1, Integer::sum);
        return Linear.ofVariable(hole.name);
    }

    private static Optional<Long> difference(Hole hole, List<Linear> values) {
        Set<Long> differences = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            if (hole.kind != Kind.NAME || hole.values.get(i).parts().size() != 1
                    || !(hole.values.get(i).parts().getFirst() instanceof Text.Digits(Linear value))
                    || !value.factors().equals(values.get(i).factors())) {
                return Optional.empty();
            }
            differences.add(values.get(i).constant() - value.constant());
        }
        return differences.size() == 1 ? Optional.of(differences.iterator().next()) : Optional.empty();
    }

    /** A parameter for the middles of texts, cut where names have their joints. */
    private Text cut(List<Text> texts) {
        List<String> names = texts.stream().map(Text::print).toList();
        boolean isPlain = texts.stream().noneMatch(Text::hasVariables);
        int start = isPlain ? CommonEnds.prefix(names) : 0;
        int end = isPlain ? CommonEnds.suffix(names, start) : 0;
        List<Text> middles = isPlain
                ? names.stream().map(name -> Text.ofName(name.substring(start, name.length() - end))).toList()
                : texts;
        List<Text.Part> parts = new ArrayList<>(part(names.getFirst().substring(0, start)));
        parts.addAll(parameter(Kind.NAME, Phrase.NAME, middles).parts());
        parts.addAll(part(names.getFirst().substring(names.getFirst().length() - end)));
        return new Text(parts);
    }

    private static List<Text.Part> part(String characters) {
        return characters.isEmpty() ? List.of() : Text.ofName(characters).parts();
    }

    /** A parameter for whole values, or an earlier one with the same values. */
    private Text parameter(Kind kind, String key, List<Text> values) {
        Optional<Hole> known = holes.stream()
                .filter(hole -> hole.kind == kind && hole.key.equals(key) && hole.values.equals(values)).findFirst();
        Hole hole = known.orElseGet(() -> {
            Hole added = new Hole(VariableNames.of(key, taken), kind, key, values);
            taken.add(added.name);
            holes.add(added);
            return added;
        });
        return new Text(List.of(new Text.Parameter(hole.name)));
    }
}
