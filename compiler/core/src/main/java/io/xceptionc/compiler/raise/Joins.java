package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.language.Merges;
import io.xceptionc.compiler.raise.Item.Joined;
import io.xceptionc.compiler.raise.Item.Single;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds residuals and branches: sums and joins whose inputs come on paths of their own from one layer, and nothing else
 * reads what lies on these paths.
 */
final class Joins {

    /**
     * A spec's lists and mappings are nested at most 50 deep, of which branches take four, and a repeat in them two.
     */
    private static final int DEEPEST = 6;

    /** How many layers are looked at in all, for each layer of the network. */
    private static final long STEPS_PER_LAYER = 100;

    /** What was found about a merge: its fork and the layers on each path, inner merges for what they join. */
    private record Found(Layer fork, List<List<Layer>> paths, int depth) {}

    private final List<Layer> layers;
    private final Dominators dominators;
    private final Found[] found;
    private final Layer[] owners;
    private long stepsLeft;

    private Joins(List<Layer> layers) {
        this.layers = layers;
        this.dominators = new Dominators(layers);
        this.found = new Found[layers.size()];
        this.owners = new Layer[layers.size() + 1]; // what reads several outputs comes after the last
        this.stepsLeft = STEPS_PER_LAYER * layers.size();
    }

    /** The network as a list of items; the layers without the network's input, which is the first. */
    static List<Item> of(List<Layer> layers) {
        Joins joins = new Joins(layers);
        layers.stream().filter(Joins::isMerge).forEach(joins::look);
        return joins.items(layers.subList(1, layers.size()).stream()
                .filter(layer -> joins.owners[layer.index()] == null).toList());
    }

    private static boolean isMerge(Layer layer) {
        return Merges.canEndPaths(layer.op());
    }

    private List<Item> items(List<Layer> members) {
        List<Item> items = new ArrayList<>();
        for (Layer layer : members) {
            Found paths = found[layer.index()];
            items.add(paths == null
                    ? new Single(layer)
                    : new Joined(layer, paths.fork, paths.paths.stream().map(this::items).toList()));
        }
        return List.copyOf(items);
    }

    private void look(Layer merge) {
        Layer fork = layers.get(dominators.of(merge.index()));
        List<List<Layer>> paths = new ArrayList<>();
        Set<Layer> taken = new HashSet<>();
        for (Layer end : merge.inputs()) {
            Optional<List<Layer>> path = end == fork ? Optional.of(List.of()) : path(end, fork, merge);
            if (path.isEmpty() || !path.get().stream().allMatch(taken::add)) {
                return;
            }
            paths.add(path.get());
        }
        int depth = 1 + taken.stream().filter(layer -> found[layer.index()] != null)
                .mapToInt(layer -> found[layer.index()].depth).max().orElse(0);
        if (!taken.isEmpty() && depth <= DEEPEST) {
            found[merge.index()] = new Found(fork, paths, depth);
            taken.forEach(layer -> owners[layer.index()] = merge);
        }
    }

    /** The layers between a fork and an end that the merge alone reads; empty if others read of them, too. */
    private Optional<List<Layer>> path(Layer end, Layer fork, Layer merge) {
        Set<Layer> members = new HashSet<>(Set.of(end));
        Deque<Layer> unseen = new ArrayDeque<>(members);
        if (!end.users().equals(List.of(merge))) {
            return Optional.empty();
        }
        while (!unseen.isEmpty()) {
            Layer member = unseen.pop();
            if (stepsLeft-- <= 0 || owners[member.index()] != null) {
                return Optional.empty();
            }
            Found inner = found[member.index()];
            for (Layer source : inner == null ? member.inputs() : List.of(inner.fork)) {
                if (source != fork && members.add(source)) {
                    unseen.push(source);
                }
            }
        }
        boolean isClosed = members.stream().filter(member -> member != end)
                .allMatch(member -> member.users().stream().allMatch(user -> members.contains(outermost(user))));
        return isClosed
                ? Optional.of(members.stream().sorted(Comparator.comparingInt(Layer::index)).toList())
                : Optional.empty();
    }

    /** The merge that a layer lies in, as far as they are found; the layer itself if it lies in none. */
    private Layer outermost(Layer layer) {
        Layer outer = layer;
        while (owners[outer.index()] != null) {
            outer = owners[outer.index()];
        }
        return outer;
    }
}
