package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.raise.Phrase.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes blocks of what comes several times, alike but for names and values; the greatest gain first. */
final class Blocks {

    private static final int LONGEST = 8;
    private static final int MOST_BLOCKS = 24;
    private static final int MOST_PARAMETERS = 6;
    private static final int MOST_NAMES = 1;
    private static final int MOST_TRIED = 12;

    /** Lines that a block takes beside its layers. */
    private static final int LINES = 3;

    /** What comes less often must be longer than so many lines. */
    private static final int OFTEN = 3;
    private static final int SHORT = 5;
    private static final int LEAST_SAVED = 3;

    /** A stretch that could be a block. */
    private record Candidate(Tally tally, List<List<Phrase>> stretches, Generalisation generalisation) {

        /** What is saved, a parameter counting as much as a line. */
        int gain() {
            return tally.saved() - generalisation.parameters().size();
        }
    }

    /** How often a stretch of shapes comes without overlapping itself. */
    private static final class Tally {
        private final List<Integer> shapes;
        private final List<Phrase> first;
        private final int lineCount;
        private int count;
        private int list = -1;
        private int end;

        Tally(List<Integer> shapes, List<Phrase> first) {
            this.shapes = shapes;
            this.first = first;
            this.lineCount = first.stream().mapToInt(Phrase::lineCount).sum();
        }

        int saved() {
            boolean isWorthIt = count > 1 && lineCount > 1 && (count >= OFTEN || lineCount >= SHORT);
            return isWorthIt ? (count - 1) * lineCount - LINES - count : 0;
        }

        /** Twice what is saved, and one more if it begins with a layer that has weights. */
        int rank() {
            return 2 * saved() + (first.getFirst().word().matches(".*(conv2d|dense|residual|branches)") ? 1 : 0);
        }
    }

    private final Shapes shapes = Shapes.ofKeys();
    private final List<BlockDefinition> definitions = new ArrayList<>();
    private List<Phrase> layers;

    private Blocks(List<Phrase> layers) {
        this.layers = layers;
    }

    /** The blocks of a network, and its layers with calls of them. */
    static Blocks of(List<Phrase> layers) {
        Blocks blocks = new Blocks(layers);
        Optional<Candidate> best = blocks.best();
        while (best.isPresent() && blocks.definitions.size() < MOST_BLOCKS) {
            blocks.define(best.get());
            best = blocks.best();
        }
        return blocks;
    }

    /** The blocks, those that others call first. */
    List<BlockDefinition> definitions() {
        return List.copyOf(definitions.reversed());
    }

    /** The network's layers. */
    List<Phrase> layers() {
        return layers;
    }

    private Stream<List<Phrase>> lists() {
        return Stream.concat(Stream.of(layers), definitions.stream().map(BlockDefinition::layers))
                .flatMap(list -> Stream.concat(Stream.of(list), list.stream().flatMap(Phrase::all)
                        .flatMap(phrase -> phrase.lists().stream()).flatMap(section -> section.paths().stream())));
    }

    /** The stretches that save most, as far as can be told before they are compared. */
    private List<Tally> tallies() {
        Map<List<Integer>, Tally> tallies = new LinkedHashMap<>();
        int[] listNumber = {0};
        lists().forEach(list -> {
            listNumber[0]++;
            int[] numbers = shapes.of(list);
            for (int start = 0; start < numbers.length; start++) {
                for (int end = start + 1; end <= Math.min(numbers.length, start + LONGEST); end++) {
                    count(tallies, list, numbers, start, end, listNumber[0]);
                }
            }
        });
        return tallies.values().stream().filter(tally -> tally.saved() >= LEAST_SAVED)
                .sorted(Comparator.comparingInt(Tally::rank).reversed()).limit(MOST_TRIED).toList();
    }

    private static void count(Map<List<Integer>, Tally> tallies, List<Phrase> list, int[] numbers, int start, int end,
            int listNumber) {
        List<Integer> key = Arrays.stream(numbers, start, end).boxed().toList();
        if (isPower(key)) {
            return;
        }
        Tally tally = tallies.computeIfAbsent(key, _ -> new Tally(key, list.subList(start, end)));
        if (tally.list != listNumber || tally.end <= start) {
            tally.count++;
            tally.list = listNumber;
            tally.end = end;
        }
    }

    /** Whether it is a shorter stretch several times. */
    private static boolean isPower(List<Integer> key) {
        for (int period = 1; period <= key.size() / 2; period++) {
            if (key.size() % period == 0
                    && key.subList(period, key.size()).equals(key.subList(0, key.size() - period))) {
                return true;
            }
        }
        return false;
    }

    private Optional<Candidate> best() {
        return tallies().stream().map(this::candidate)
                .filter(candidate -> candidate.generalisation.parameters().size() <= MOST_PARAMETERS
                        && candidate.generalisation.nameCount() <= MOST_NAMES && candidate.generalisation.isClosed()
                        && candidate.gain() > 0)
                .max(Comparator.comparingInt(Candidate::gain));
    }

    private Candidate candidate(Tally tally) {
        List<List<Phrase>> stretches = new ArrayList<>();
        rewriteAll(tally.shapes, stretch -> {
            stretches.add(stretch);
            return stretch.getFirst();
        });
        tally.count = stretches.size();
        return new Candidate(tally, stretches, new Generalisation(stretches));
    }

    private void define(Candidate candidate) {
        Set<String> taken = new HashSet<>();
        definitions.forEach(definition -> taken.add(definition.name()));
        String name = VariableNames.of(BlockNames.of(candidate.tally.first), taken);
        Generalisation generalisation = candidate.generalisation;
        int[] next = {0};
        List<List<Phrase>> rewritten =
                rewriteAll(candidate.tally.shapes, _ -> generalisation.call(name, next[0]++));
        layers = rewritten.getFirst();
        for (int i = 0; i < definitions.size(); i++) {
            BlockDefinition old = definitions.get(i);
            definitions.set(i, new BlockDefinition(old.name(), old.parameters(), rewritten.get(i + 1)));
        }
        definitions.add(new BlockDefinition(name, generalisation.parameters(), generalisation.common()));
    }

    /** The network's layers and those of each block with another phrase for each stretch of the given shapes. */
    private List<List<Phrase>> rewriteAll(List<Integer> wanted, Function<List<Phrase>, Phrase> replacement) {
        List<List<Phrase>> rewritten = new ArrayList<>(List.of(rewrite(layers, wanted, replacement)));
        definitions.forEach(definition -> rewritten.add(rewrite(definition.layers(), wanted, replacement)));
        return rewritten;
    }

    private List<Phrase> rewrite(List<Phrase> list, List<Integer> wanted, Function<List<Phrase>, Phrase> replacement) {
        List<Integer> numbers = Arrays.stream(shapes.of(list)).boxed().toList();
        List<Phrase> rewritten = new ArrayList<>();
        int i = 0;
        while (i < list.size()) {
            int end = i + wanted.size();
            if (end <= list.size() && numbers.subList(i, end).equals(wanted)) {
                rewritten.add(replacement.apply(list.subList(i, end)));
                i = end;
            } else {
                rewritten.add(rewriteInside(list.get(i), wanted, replacement));
                i++;
            }
        }
        return List.copyOf(rewritten);
    }

    private Phrase rewriteInside(Phrase phrase, List<Integer> wanted, Function<List<Phrase>, Phrase> replacement) {
        List<Section> lists = phrase.lists().stream().map(section -> new Section(section.key(),
                section.paths().stream().map(path -> rewrite(path, wanted, replacement)).toList())).toList();
        return new Phrase(phrase.word(), phrase.entries(), lists, phrase.size());
    }
}
