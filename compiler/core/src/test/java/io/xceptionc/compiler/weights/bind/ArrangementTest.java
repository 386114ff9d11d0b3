package io.xceptionc.compiler.weights.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrangementTest {

    @ParameterizedTest
    @CsvSource({"'', '', ''", "aba, aba, 012", "abc, cab, 120", "xabsa, xsaba, 02314", "abac, bacA, -", "ab, abc, -",
        "abc, ab, -", "aab, aba, 021", "aab, baa, -"})
    void itemsThatAreEqualKeepTheirOrder(String first, String second, String places) {
        assertEquals(places.equals("-")
                ? Optional.empty()
                : Optional.of(items(places).stream().map(Integer::valueOf)
                        .toList()),
                Arrangement.of(items(first), items(second)));
    }

    /** All permutations are tried, and each is judged by the definition: there is one that is clear, or none. */
    @Property
    void isTheOnlyClearPermutation(@ForAll @CharRange(from = 'a', to = 'd') @StringLength(max = 5) String first,
            @ForAll @CharRange(from = 'a', to = 'd') @StringLength(max = 5) String second) {
        List<List<Integer>> clear = new ArrayList<>();
        for (List<Integer> permutation : permutations(first.length())) {
            if (first.length() == second.length() && isClear(permutation, first, second)) {
                clear.add(permutation);
            }
        }
        assertEquals(clear, Arrangement.of(items(first), items(second)).stream().toList());
    }

    private static boolean isClear(List<Integer> places, String first, String second) {
        int start = 0;
        for (int end = 1; end <= places.size(); end++) {
            List<Integer> stretch = places.subList(start, end);
            if (new HashSet<>(stretch).equals(new HashSet<>(IntStream.range(start, end).boxed().toList()))) {
                if (items(first.substring(start, end)).stream().distinct().count() < end - start) {
                    return false;
                }
                start = end;
            }
        }
        return IntStream.range(0, places.size()).allMatch(i -> first.charAt(i) == second.charAt(places.get(i)));
    }

    private static List<List<Integer>> permutations(int size) {
        if (size == 0) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (List<Integer> shorter : permutations(size - 1)) {
            for (int i = 0; i < size; i++) {
                List<Integer> longer = new ArrayList<>(shorter);
                longer.add(i, size - 1);
                all.add(longer);
            }
        }
        return all;
    }

    private static List<String> items(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(""));
    }
}
