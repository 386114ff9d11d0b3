package io.xceptionc.compiler.weights.bind;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which place of one sequence is which place of another that has the same items, perhaps some of them moved a little.
 */
final class Arrangement {

    private Arrangement() {}

    /**
     * For each place of the first sequence, its place in the second. Items that are equal keep their order. Others may
     * change places if it is clear which is which: both sequences are cut into the shortest stretches that hold the
     * same items, and in a stretch of more than one, no two are equal. There is never more than one such arrangement,
     * since two equal items lie in different stretches, and stretches keep their order.
     *
     * @return empty if the sequences have not the same items, or if it is not clear
     */
    static Optional<List<Integer>> of(List<String> first, List<String> second) {
        Map<String, Deque<Integer>> places = new HashMap<>();
        IntStream.range(0, second.size())
                .forEach(i -> places.computeIfAbsent(second.get(i), _ -> new ArrayDeque<>()).add(i));
        List<Integer> arrangement = new ArrayList<>();
        for (String item : first) {
            Deque<Integer> left = places.getOrDefault(item, new ArrayDeque<>());
            if (left.isEmpty()) {
                return Optional.empty();
            }
            arrangement.add(left.removeFirst());
        }
        return first.size() == second.size() && isClear(first, arrangement)
                ? Optional.of(List.copyOf(arrangement))
                : Optional.empty();
    }

    private static boolean isClear(List<String> items, List<Integer> arrangement) {
        Set<String> stretch = new HashSet<>();
        int last = -1;
        for (int i = 0; i < items.size(); i++) {
            last = Math.max(last, arrangement.get(i));
            if (!stretch.add(items.get(i))) {
                return false;
            }
            if (last == i) {
                stretch.clear();
            }
        }
        return true;
    }
}
