package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.raise.Item.Joined;
import io.xceptionc.compiler.raise.Item.Shared;
import io.xceptionc.compiler.raise.Item.Single;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code a, b, a, b with the same tensors -> repeat: 2 with shared weights: a, b}. */
final class SharedRuns {

    /** How often an item is looked at in a list in which weights are shared without order. */
    private static final long MOST_STEPS = 20_000_000;

    private final List<Item> items;
    private final Layer entry;
    private final int[] nextUse;
    private long stepsLeft = MOST_STEPS;

    private SharedRuns(List<Item> items, Layer entry) {
        this.items = items;
        this.entry = entry;
        this.nextUse = nextUses(items);
    }

    /**
     * The items with repetitions of weights as such.
     *
     * @param entry what the first of them reads if nothing is said
     */
    static List<Item> fold(List<Item> items, Layer entry) {
        List<Item> inside = items.stream().map(SharedRuns::foldInside).toList();
        return new SharedRuns(inside, entry).fold();
    }

    private static Item foldInside(Item item) {
        return switch (item) {
            case Joined joined -> new Joined(joined.merge(), joined.fork(),
                    joined.paths().stream().map(path -> fold(path, joined.fork())).toList());
            case Single single -> single;
            case Shared shared -> shared;
        };
    }

    /** For each item the next one whose first tensor is the same; 0 if there is none. */
    private static int[] nextUses(List<Item> items) {
        int[] next = new int[items.size()];
        IdentityHashMap<Tensor, Integer> seen = new IdentityHashMap<>();
        for (int i = items.size() - 1; i >= 0; i--) {
            List<Tensor> first =
                    items.get(i).layers().flatMap(layer -> layer.op().tensors().stream()).limit(1).toList();
            Integer later = first.isEmpty() ? null : seen.put(first.getFirst(), i);
            next[i] = later == null ? 0 : later;
        }
        return next;
    }

    private List<Item> fold() {
        List<Item> folded = new ArrayList<>();
        int done = 0;
        for (int i = 0; i < items.size(); i++) {
            if (i < done || nextUse[i] == 0 || !isSame(items.get(i), items.get(nextUse[i]))) {
                continue;
            }
            int period = nextUse[i] - i;
            int bestStart = i;
            int bestCount = 1;
            for (int start = Math.max(done, i - period + 1); start <= i; start++) {
                int count = passes(start, period);
                if (count > bestCount) {
                    bestStart = start;
                    bestCount = count;
                }
            }
            if (bestCount > 1) {
                folded.addAll(items.subList(done, bestStart));
                done = bestStart + bestCount * period;
                folded.add(new Shared(bestCount, items.subList(bestStart, bestStart + period),
                        items.get(done - 1).result()));
            }
        }
        folded.addAll(items.subList(done, items.size()));
        return List.copyOf(folded);
    }

    /** How often the items from a place on repeat themselves, with their weights. */
    private int passes(int start, int period) {
        int end = start;
        while (end < items.size() && stepsLeft-- > 0
                && isNext(items.get(end), end == 0 ? entry : items.get(end - 1).result())
                && (end < start + period || isSame(items.get(end - period), items.get(end)))) {
            end++;
        }
        int count = (end - start) / period;
        while (count > 1 && !isClosed(items.subList(start, start + count * period))) {
            count--;
        }
        return count;
    }

    /** Whether an item reads what stands before it and nothing else. */
    private static boolean isNext(Item item, Layer previous) {
        return switch (item) {
            case Single single -> single.layer().inputs().equals(List.of(previous));
            case Shared shared -> shared.source() == previous;
            case Joined joined -> joined.fork() == previous
                    && joined.paths().stream().allMatch(path -> isChain(path, joined.fork()));
        };
    }

    private static boolean isChain(List<Item> path, Layer fork) {
        Layer previous = fork;
        for (Item item : path) {
            if (!isNext(item, previous)) {
                return false;
            }
            previous = item.result();
        }
        return true;
    }

    /** Whether two items compute the same of what they read, with the same tensors. */
    private static boolean isSame(Item first, Item second) {
        return isSameLayer(first.result(), second.result()) && switch (first) {
            case Single _ -> second instanceof Single;
            case Shared shared -> second instanceof Shared other && shared.count() == other.count()
                    && areSame(shared.items(), other.items());
            case Joined joined -> second instanceof Joined other && joined.paths().size() == other.paths().size()
                    && areSamePaths(joined.paths(), other.paths());
        };
    }

    private static boolean isSameLayer(Layer first, Layer second) {
        return first.op().equals(second.op()) && first.activation().equals(second.activation())
                && first.type().equals(second.type())
                && first.inputs().stream().map(Layer::type).toList()
                        .equals(second.inputs().stream().map(Layer::type).toList());
    }

    private static boolean areSame(List<Item> first, List<Item> second) {
        boolean areSame = first.size() == second.size();
        for (int i = 0; areSame && i < first.size(); i++) {
            areSame = isSame(first.get(i), second.get(i));
        }
        return areSame;
    }

    private static boolean areSamePaths(List<List<Item>> first, List<List<Item>> second) {
        boolean areSame = true;
        for (int i = 0; areSame && i < first.size(); i++) {
            areSame = areSame(first.get(i), second.get(i));
        }
        return areSame;
    }

    /** Whether only the last result is read from outside. */
    private static boolean isClosed(List<Item> run) {
        Set<Layer> inside = run.stream().flatMap(Item::layers).collect(Collectors.toCollection(HashSet::new));
        Layer last = run.getLast().result();
        return inside.stream().filter(layer -> layer != last)
                .allMatch(layer -> inside.containsAll(layer.users()));
    }
}
