package io.xceptionc.compiler.raise;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds names for indices and parameters. */
final class VariableNames {

    private static final List<String> NUMBERS = List.of("n", "k", "i", "j", "m");

    private VariableNames() {}

    /** A name for a number that counts. */
    static String number(Set<String> taken) {
        return Stream.concat(NUMBERS.stream(), numbered("n")).filter(name -> !taken.contains(name)).findFirst()
                .orElseThrow();
    }

    /** A name that begins with a word. */
    static String of(String word, Set<String> taken) {
        return Stream.concat(Stream.of(word), numbered(word + "_")).filter(name -> !taken.contains(name)).findFirst()
                .orElseThrow();
    }

    private static Stream<String> numbered(String prefix) {
        return IntStream.iterate(2, number -> number + 1).mapToObj(number -> prefix + number);
    }
}
