package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.raise.Phrase.Entry;
import io.xceptionc.compiler.raise.Phrase.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds names that count for layers that repeat themselves under names that do not. */
final class RegularNames {

    /** Fewer stretches than these keep their names. */
    private static final int LEAST_COUNT = 3;

    private final Renaming renaming;
    private final List<Phrase> phrases;
    private final Runs runs;
    private final int[][] nextRegular;

    private RegularNames(List<Phrase> phrases, Renaming renaming) {
        this.renaming = renaming;
        this.phrases = phrases.stream().map(this::withNewNames).toList();
        this.runs = new Runs(Shapes.ofValues().of(this.phrases));
        this.nextRegular = nextRegular();
    }

    /** Renames what repeats itself, inner lists first. */
    static void find(List<Phrase> phrases, Renaming renaming) {
        phrases.stream().flatMap(phrase -> phrase.lists().stream()).flatMap(section -> section.paths().stream())
                .forEach(path -> find(path, renaming));
        new RegularNames(phrases, renaming).find();
    }

    private Phrase withNewNames(Phrase phrase) {
        return NameTexts.replace(phrase,
                text -> Text.ofName(renaming.newName(text.print())));
    }

    /** For each period and place the next place from which a stretch counts on to the stretch after it. */
    private int[][] nextRegular() {
        int size = phrases.size();
        int[][] next = new int[runs.longestPeriod() + 1][];
        for (int period = 1; period <= runs.longestPeriod(); period++) {
            next[period] = new int[size + 1];
            next[period][size] = size;
            int matching = 0;
            for (int i = size - 1; i >= 0; i--) {
                boolean isRegular = runs.isEqual(i, period)
                        && Runs.steps(phrases.get(i), phrases.get(i + period)).isPresent();
                matching = isRegular ? matching + 1 : 0;
                next[period][i] = matching >= period ? i : next[period][i + 1];
            }
        }
        return next;
    }

    private void find() {
        int start = 0;
        while (start < phrases.size()) {
            int bestPeriod = 0;
            int mostSaved = 2 * Repeats.LEAST_SAVED - 1;
            int lineCount = 0;
            for (int period = 1; period <= Math.min(runs.longestPeriod(), (phrases.size() - start) / 2); period++) {
                lineCount += phrases.get(start + period - 1).lineCount();
                int count = runs.count(start, period);
                boolean isIrregular = nextRegular[period][start] >= start + (count - 1) * period;
                if (count >= LEAST_COUNT && isIrregular && Repeats.saved(count, lineCount) > mostSaved) {
                    bestPeriod = period;
                    mostSaved = Repeats.saved(count, lineCount);
                }
            }
            start += bestPeriod == 0 ? 1 : rename(start, bestPeriod, runs.count(start, bestPeriod));
        }
    }

    /** Renames what does not count in equal stretches; how many items they are. */
    private int rename(int start, int period, int count) {
        List<List<Entry>> passes = IntStream.range(0, count).mapToObj(pass -> phrases
                .subList(start + pass * period, start + (pass + 1) * period).stream().flatMap(NameTexts::entries)
                .filter(entry -> entry.kind() == Kind.NAME).toList()).toList();
        boolean hasReferences = passes.getFirst().stream().anyMatch(entry -> !entry.key().equals(Phrase.NAME));
        if (hasReferences && !refersAlike(passes)) {
            return period;
        }
        for (int slot = 0; slot < passes.getFirst().size(); slot++) {
            int index = slot;
            List<Text> names = passes.stream().map(entries -> entries.get(index).texts().getFirst()).toList();
            if (passes.getFirst().get(slot).key().equals(Phrase.NAME) && !isRegular(names)) {
                rename(names.stream().map(Text::print).toList());
            }
        }
        return period * count;
    }

    /** Whether each reference of a pass is to the layer at the same place of the same pass. */
    private static boolean refersAlike(List<List<Entry>> passes) {
        return passes.stream().map(RegularNames::references).distinct().count() == 1
                && !references(passes.getFirst()).contains(-1);
    }

    private static List<Integer> references(List<Entry> entries) {
        Map<String, Integer> places = new HashMap<>();
        List<Integer> references = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.key().equals(Phrase.NAME)) {
                places.put(entry.texts().getFirst().print(), places.size());
            } else {
                entry.texts().forEach(text -> references.add(places.getOrDefault(text.print(), -1)));
            }
        }
        return references;
    }

    private static boolean isRegular(List<Text> names) {
        Optional<List<Long>> steps = names.get(0).stepsTo(names.get(1));
        return steps.isPresent() && IntStream.range(1, names.size() - 1)
                .allMatch(i -> names.get(i).stepsTo(names.get(i + 1)).equals(steps));
    }

    private void rename(List<String> names) {
        String first = names.getFirst();
        Stream<String> others = IntStream.iterate(2, number -> number + 1).mapToObj(number -> first + "_n" + number);
        String stem = Stream.concat(Stream.of(first.replaceFirst("_?[0-9]+$", ""), first, first + "_n"), others)
                .filter(candidate -> !candidate.isEmpty() && isFree(candidate, names.size())).findFirst().orElseThrow();
        for (int i = 0; i < names.size(); i++) {
            renaming.rename(names.get(i), stem + "_" + (i + 1));
        }
    }

    private boolean isFree(String stem, int count) {
        return IntStream.rangeClosed(1, count).allMatch(number -> renaming.isFree(stem + "_" + number));
    }
}
