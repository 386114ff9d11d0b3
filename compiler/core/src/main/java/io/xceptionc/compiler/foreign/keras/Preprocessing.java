package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.foreign.InputChannels;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the first layers of a model do to the numbers of an array, {@code x * factor + summand} for each channel: that
 * becomes a part of the spec's input, not of the network. An order of channels other than that of the array becomes one
 * of the weights.
 */
final class Preprocessing {

    private FileScaling scaling;
    private List<Integer> order;
    private final List<String> layers = new ArrayList<>();

    /** Nothing yet, for arrays of so many channels. */
    Preprocessing(int channels) {
        this.scaling = FileScaling.identity(channels);
        this.order = IntStream.range(0, channels).boxed().toList();
    }

    /**
     * Takes in what a layer, which reads the network's input, computes of each channel; its result stands for that
     * input then.
     */
    void scale(String layer, FileScaling next) throws CannotImportException {
        List<Linear> ofArray = IntStream.range(0, order.size())
                .mapToObj(channel -> next.channels().get(order.indexOf(channel))).collect(Collectors.toList());
        FileScaling both = scaling.then(new FileScaling(ofArray));
        if (!both.isWithin(Double.MAX_VALUE)) {
            throw new CannotImportException("it scales by what is missing, not finite or no number", "");
        }
        scaling = both;
        layers.add(layer);
    }

    /** Takes in that a layer gives the channels of the network's input in another order. */
    void reorder(String layer, List<Integer> next) {
        order = next.stream().map(order::get).toList();
        layers.add(layer);
    }

    /** The network of arrays, of the network behind all that was taken in. */
    Graph ofArrays(Graph graph) {
        return InputChannels.reordered(graph, order);
    }

    /** What all of them together compute. */
    FileScaling scaling() {
        return layers.isEmpty() ? FileScaling.NONE : scaling;
    }

    /** How a picture becomes an array for them; empty if nothing tells. */
    Optional<Pictures> pictures() {
        return scaling().isOfLevels() ? Optional.of(scaling.likelyPictures()) : Optional.empty();
    }

    /** The names of the layers taken in. */
    List<String> layers() {
        return List.copyOf(layers);
    }
}
