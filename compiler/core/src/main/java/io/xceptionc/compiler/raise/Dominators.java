package io.xceptionc.compiler.raise;

import java.util.List;

/**
 * For each layer the last one that every way from the network's input to it goes through.
 *
 * <p>
 * The tree of dominators has jump pointers, so that the nearest common ancestor of two layers takes logarithmic time.
 *
 * @see <a href="https://www.cs.tufts.edu/~nr/cs257/archive/keith-cooper/dom14.pdf">Cooper, Harvey and Kennedy, A Simple, Fast
 *      Dominance Algorithm</a>
 */
final class Dominators {

    private final int[] parents;
    private final int[] jumps;
    private final int[] depths;

    /** Of layers in their order, the network's input first. */
    Dominators(List<Layer> layers) {
        parents = new int[layers.size()];
        jumps = new int[layers.size()];
        depths = new int[layers.size()];
        for (Layer layer : layers.subList(1, layers.size())) {
            int parent = layer.input().index();
            for (Layer input : layer.inputs()) {
                parent = common(parent, input.index());
            }
            append(layer.index(), parent);
        }
    }

    /** The index of a layer's dominator. */
    int of(int index) {
        return parents[index];
    }

    private void append(int index, int parent) {
        parents[index] = parent;
        depths[index] = depths[parent] + 1;
        int jump = jumps[parent];
        boolean areEqual = depths[parent] - depths[jump] == depths[jump] - depths[jumps[jump]];
        jumps[index] = areEqual ? jumps[jump] : parent;
    }

    private int common(int first, int second) {
        int upper = depths[first] <= depths[second] ? first : second;
        int lower = upper == first ? second : first;
        while (depths[lower] > depths[upper]) {
            lower = depths[jumps[lower]] >= depths[upper] ? jumps[lower] : parents[lower];
        }
        while (lower != upper) {
            boolean jumpsApart = jumps[lower] != jumps[upper];
            lower = jumpsApart ? jumps[lower] : parents[lower];
            upper = jumpsApart ? jumps[upper] : parents[upper];
        }
        return upper;
    }
}
