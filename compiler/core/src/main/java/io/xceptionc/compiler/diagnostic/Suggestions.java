package io.xceptionc.compiler.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds the name that was probably meant. */
public final class Suggestions {

    /** Names that are longer are not compared, so that many names cost little. */
    private static final int LONGEST = 50;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private Suggestions() {}

    /**
     * The candidate nearest to a name, if near enough: at most a third of its letters differ. Its numbers are the
     * name's, in their order, perhaps with others: {@code conv} may be {@code conv2d}, but {@code conv3d} and {@code
     * block1} mean something else than {@code conv2d} and {@code block2}.
     */
    public static Optional<String> nearest(String name, Collection<String> candidates) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        int tolerance = Math.max(1, name.length() / 3);
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= tolerance)
                .filter(candidate -> hasNumbersOf(name, candidate))
                .map(candidate -> new Near(candidate, distance(name, candidate)))
                .filter(near -> near.distance <= tolerance)
                .min(Comparator.comparingInt(Near::distance).thenComparing(Near::candidate))
                .map(Near::candidate);
    }

    private static boolean hasNumbersOf(String name, String candidate) {
        Iterator<String> numbers = numbers(candidate).iterator();
        for (String number : numbers(name)) {
            boolean found = false;
            while (!found && numbers.hasNext()) {
                found = numbers.next().equals(number);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static List<String> numbers(String name) {
        return NUMBER.matcher(name).results().map(MatchResult::group).toList();
    }

    private record Near(String candidate, int distance) {}

    /** {@code did you mean 'x'?}, or else the given sentence. */
    public static String didYouMean(String name, Collection<String> candidates, String otherwise) {
        return nearest(name, candidates).map(candidate -> "did you mean '" + candidate + "'?").orElse(otherwise);
    }

    /**
     * The Levenshtein distance, letters compared without regard to case.
     *
     * @return the least number of letters to insert, delete or replace
     */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
