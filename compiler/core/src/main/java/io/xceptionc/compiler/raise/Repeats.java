package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.raise.Phrase.Entry;
import io.xceptionc.compiler.raise.Phrase.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code a1, b1, a2, b2 -> repeat: 2, index: n, from: 1: a${n}, b${n}}, where that is shorter. */
final class Repeats {

    /** Lines that a repeat takes beside its layers. */
    private static final int LINES = 4;

    /** How many lines a repeat must save. */
    static final int LEAST_SAVED = 2;

    private final List<Phrase> phrases;
    private final Set<String> variables;
    private final Runs runs;

    private Repeats(List<Phrase> phrases, Set<String> variables) {
        this.phrases = phrases;
        this.variables = variables;
        this.runs = new Runs(Shapes.ofValues().of(phrases));
    }

    /** The list with repeats, and repeats in these. */
    static List<Phrase> fold(List<Phrase> phrases) {
        return fold(phrases, Set.of());
    }

    private static List<Phrase> fold(List<Phrase> phrases, Set<String> variables) {
        return new Repeats(phrases, variables).fold();
    }

    /** How many lines it saves to write a number of equal stretches as a repeat. */
    static int saved(int count, int lineCount) {
        return (count - 1) * lineCount - LINES + (lineCount == 1 ? 1 : 0);
    }

    private List<Phrase> fold() {
        List<Phrase> folded = new ArrayList<>();
        int start = 0;
        while (start < phrases.size()) {
            Stretch best = best(start);
            if (best.count() > 1) {
                folded.add(repeat(best));
            } else {
                folded.add(foldInside(phrases.get(start), variables));
            }
            start += best.period() * best.count();
        }
        return List.copyOf(folded);
    }

    private static Phrase foldInside(Phrase phrase, Set<String> variables) {
        return new Phrase(phrase.word(), phrase.entries(), phrase.lists().stream()
                .map(section -> new Section(section.key(),
                        section.paths().stream().map(path -> fold(path, variables)).toList()))
                .toList(), phrase.size());
    }

    /** The repeat from a place on that saves most; of one pass, if none saves enough. */
    private Stretch best(int start) {
        Stretch best = new Stretch(start, 1, 1);
        int mostSaved = LEAST_SAVED - 1;
        int lineCount = 0;
        for (int period = 1; period <= Math.min(runs.longestPeriod(), (phrases.size() - start) / 2); period++) {
            lineCount += phrases.get(start + period - 1).lineCount();
            if (saved(runs.count(start, period), lineCount) > mostSaved) {
                int count = count(start, period);
                if (count > 1 && saved(count, lineCount) > mostSaved) {
                    best = new Stretch(start, period, count);
                    mostSaved = saved(count, lineCount);
                }
            }
        }
        return best;
    }

    /** How often the stretch from a place on comes in a row, all numbers in its names counting evenly. */
    private int count(int start, int period) {
        List<List<List<Long>>> steps = new ArrayList<>();
        int most = runs.count(start, period);
        for (int pass = 1; pass < most; pass++) {
            for (int i = 0; i < period; i++) {
                int next = start + pass * period + i;
                Optional<List<List<Long>>> step = Runs.steps(phrases.get(next - period), phrases.get(next));
                if (step.isEmpty() || (pass > 1 && !step.get().equals(steps.get(i)))) {
                    return pass;
                }
                steps.add(step.get());
            }
        }
        return most;
    }

    private Phrase repeat(Stretch stretch) {
        List<Phrase> first = phrases.subList(stretch.start(), stretch.start() + stretch.period());
        List<Phrase> second = phrases.subList(stretch.start() + stretch.period(),
                stretch.start() + 2 * stretch.period());
        Index index = Index.of(variable(first), first, second);
        List<Phrase> body = IntStream.range(0, first.size())
                .mapToObj(i -> index.counted(first.get(i), second.get(i))).toList();
        Set<String> inside = new HashSet<>(variables);
        inside.add(index.name());
        Stream<Entry> entries = Stream.of(Phrase.fixed(Phrase.REPEAT, Integer.toString(stretch.count())),
                Phrase.fixed(Phrase.INDEX, index.name()), Phrase.fixed("from", Long.toString(index.from())),
                Phrase.fixed("step", Long.toString(index.step())));
        return new Phrase(Phrase.REPEAT, entries.filter(entry -> !isOmissible(entry)).toList(),
                List.of(new Section(Phrase.LAYERS, List.of(fold(body, inside)))),
                phrases.get(stretch.start() + stretch.period() * stretch.count() - 1).size());
    }

    private static boolean isOmissible(Entry entry) {
        return entry.equals(Phrase.fixed("from", "0")) || entry.equals(Phrase.fixed("step", "1"));
    }

    private String variable(List<Phrase> body) {
        Set<String> taken = new HashSet<>(variables);
        body.forEach(phrase -> taken.addAll(phrase.indices()));
        return VariableNames.number(taken);
    }

    /** Items that come several times in a row. */
    private record Stretch(int start, int period, int count) {}
}
