package io.xceptionc.compiler.raise;

import java.util.List;
import java.util.stream.Stream;

/** An item of a list of layers, with the layers that it stands for. */
sealed interface Item {

    /** The layer whose value the next item reads. */
    Layer result();

    /** What the item reads if nothing is said; where several values are, the first. */
    Layer source();

    /** The layers to be written, in their order: of a repetition with shared weights, those of the first pass. */
    Stream<Layer> layers();

    /** A layer by itself. */
    record Single(Layer layer) implements Item {

        @Override
        public Layer result() {
            return layer;
        }

        @Override
        public Layer source() {
            return layer.input();
        }

        @Override
        public Stream<Layer> layers() {
            return Stream.of(layer);
        }
    }

    /**
     * Paths from one layer that another one joins.
     *
     * @param merge the layer that joins
     * @param fork what all paths read
     * @param paths one for each input of the merge; an empty one is the fork's value
     */
    record Joined(Layer merge, Layer fork, List<List<Item>> paths) implements Item {

        public Joined {
            paths = List.copyOf(paths);
        }

        @Override
        public Layer result() {
            return merge;
        }

        @Override
        public Layer source() {
            return fork;
        }

        @Override
        public Stream<Layer> layers() {
            return Stream.concat(paths.stream().flatMap(List::stream).flatMap(Item::layers), Stream.of(merge));
        }
    }

    /**
     * The same items several times in a row, with the same weights.
     *
     * @param count how often
     * @param items the first pass
     * @param result the last layer of the last pass
     */
    record Shared(int count, List<Item> items, Layer result) implements Item {

        public Shared {
            items = List.copyOf(items);
        }

        @Override
        public Layer source() {
            return items.getFirst().source();
        }

        @Override
        public Stream<Layer> layers() {
            return items.stream().flatMap(Item::layers);
        }
    }
}
