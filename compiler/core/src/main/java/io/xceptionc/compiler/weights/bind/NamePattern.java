package io.xceptionc.compiler.weights.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pattern of whole names, in which each {@code *} stands for any characters, also none, and is as short as can be.
 *
 * <p> No regular expression: those of the JDK go back and try again, so that a hostile spec could keep them busy for
 * ever. Here every character of a name is looked at a bounded number of times: between two stars, the first occurrence
 * of a literal is as good as any later one, and it is found in linear time by the algorithm of Knuth, Morris and Pratt.
 *
 * @param literals what stands between the stars, one more than there are stars
 * @see <a href="https://doi.org/10.1137/0206024">Knuth, Morris and Pratt, Fast Pattern Matching in Strings</a>
 */
record NamePattern(List<String> literals) {

    NamePattern {
        literals = List.copyOf(literals);
    }

    /** The pattern that a text is. */
    static NamePattern of(String text) {
        return new NamePattern(List.of(text.split("\\*", -1)));
    }

    /** What the stars stand for, if the whole name is of this pattern. */
    Optional<List<String>> match(String name) {
        String first = literals.getFirst();
        String last = literals.getLast();
        if (literals.size() == 1) {
            return name.equals(first) ? Optional.of(List.of()) : Optional.empty();
        }
        int end = name.length() - last.length();
        if (!name.startsWith(first) || !name.endsWith(last) || end < first.length()) {
            return Optional.empty();
        }
        List<String> captures = new ArrayList<>();
        int start = first.length();
        for (String literal : literals.subList(1, literals.size() - 1)) {
            int found = indexOf(literal, name, start, end);
            if (found < 0) {
                return Optional.empty();
            }
            captures.add(name.substring(start, found));
            start = found + literal.length();
        }
        captures.add(name.substring(start, end));
        return Optional.of(captures);
    }

    /** The pattern as a replacement: its stars become the given texts. */
    String filled(List<String> captures) {
        StringBuilder name = new StringBuilder(literals.getFirst());
        for (int star = 0; star < literals.size() - 1; star++) {
            name.append(captures.get(star)).append(literals.get(star + 1));
        }
        return name.toString();
    }

    /** Where a literal first stands in a stretch of a name; negative if nowhere. */
    private static int indexOf(String literal, String name, int start, int end) {
        if (literal.isEmpty()) {
            return start;
        }
        int[] borders = borders(literal);
        int matched = 0;
        for (int i = start; i < end; i++) {
            while (matched > 0 && literal.charAt(matched) != name.charAt(i)) {
                matched = borders[matched - 1];
            }
            matched += literal.charAt(matched) == name.charAt(i) ? 1 : 0;
            if (matched == literal.length()) {
                return i + 1 - matched;
            }
        }
        return -1;
    }

    /** For each beginning of a literal, the length of the longest that it both begins and ends with. */
    private static int[] borders(String literal) {
        int[] borders = new int[literal.length()];
        int matched = 0;
        for (int i = 1; i < literal.length(); i++) {
            while (matched > 0 && literal.charAt(matched) != literal.charAt(i)) {
                matched = borders[matched - 1];
            }
            matched += literal.charAt(matched) == literal.charAt(i) ? 1 : 0;
            borders[i] = matched;
        }
        return borders;
    }
}
