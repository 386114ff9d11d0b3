package io.xceptionc.compiler.plan;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * How the matrix rows of a model's products lie: rows of shallow products closer together than those of deep ones, which saves
 * pages; but not one stride for each depth, since each is a kernel of its own for HotSpot to compile.
 *
 * @param layouts from the narrowest to the widest
 */
public record RowsPlan(List<RowsLayout> layouts) {

    private static final int DEEPEST_OF_NARROW = 320;

    public RowsPlan {
        layouts = List.copyOf(layouts);
    }

    /** The layouts for products of the given depths. */
    static RowsPlan forDepths(Collection<Integer> depths) {
        TreeSet<Integer> sorted = new TreeSet<>(depths);
        sorted.add(1);
        TreeSet<Integer> ends = new TreeSet<>(List.of(sorted.floor(DEEPEST_OF_NARROW), sorted.last()));
        return new RowsPlan(ends.stream().map(RowsLayout::forDepth).toList());
    }

    /** The narrowest layout that serves a depth. */
    public RowsLayout forDepth(int depth) {
        return layouts.stream().filter(layout -> layout.deepest() >= depth).findFirst().orElseThrow();
    }

    /** Bytes that a thread needs. */
    public long bytes() {
        return layouts.stream().mapToLong(RowsLayout::bytes).max().orElseThrow();
    }
}
