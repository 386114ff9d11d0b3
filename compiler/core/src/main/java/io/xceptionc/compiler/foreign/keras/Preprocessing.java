package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasFile;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the first layers of a model do to the numbers of an array, {@code x * factor + summand} for each channel: that becomes a part of
 * the spec's input, not of the network.
 */
final class Preprocessing {

    /** The layers of this kind. */
    static final Set<String> CLASSES = Set.of("Rescaling", "Normalization");

    /** What a deviation is at least, {@code keras.backend.epsilon()}. */
    private static final double SMALLEST_DEVIATION = 1e-7;

    private final KerasFile file;
    private final int channels;
    private FileScaling scaling;
    private final List<String> layers = new ArrayList<>();

    /** Nothing yet, for arrays of so many channels. */
    Preprocessing(KerasFile file, int channels) {
        this.file = file;
        this.channels = channels;
        this.scaling = FileScaling.identity(channels);
    }

    /** Takes a layer in, which must read the network's input; its result stands for that input then. */
    Node take(KerasLayer layer, Node input) throws CannotImportException, InvalidInputException {
        if (!(input.op() instanceof Input)) {
            throw new CannotImportException("it is not the first layer",
                    "remove it, and let the layer before it do the same");
        }
        if (layer.className().equals("Rescaling")) {
            multiply(numbers(layer.config().get("scale"), 1), numbers(layer.config().get("offset"), 0));
        } else {
            normalize(layer);
        }
        layers.add(layer.name());
        return input;
    }

    private void multiply(double[] scales, double[] offsets) throws CannotImportException {
        FileScaling next = scaling.then(new FileScaling(
                IntStream.range(0, channels).mapToObj(i -> new Linear(scales[i], offsets[i])).toList()));
        if (!next.isWithin(Double.MAX_VALUE)) {
            throw notFinite();
        }
        scaling = next;
    }

    private void normalize(KerasLayer layer) throws CannotImportException, InvalidInputException {
        if (layer.config().get("invert").truth().orElse(false)) {
            throw new CannotImportException("it is inverted", "");
        }
        double[] means = statistics(layer, "mean");
        double[] scales = Arrays.stream(variances(layer))
                .map(variance -> 1 / Math.max(Math.sqrt(variance), SMALLEST_DEVIATION)).toArray();
        double[] offsets = new double[channels];
        Arrays.setAll(offsets, i -> -means[i] * scales[i]);
        multiply(scales, offsets);
    }

    private double[] variances(KerasLayer layer) throws CannotImportException, InvalidInputException {
        double[] variances = statistics(layer, "variance");
        if (Arrays.stream(variances).anyMatch(variance -> variance < 0)) {
            throw new CannotImportException("its variance is negative", "");
        }
        return variances;
    }

    /** Given in the config, or else learned. */
    private double[] statistics(KerasLayer layer, String name) throws CannotImportException, InvalidInputException {
        Json given = layer.config().get(name);
        String tensor = layer.name() + "/" + name;
        if (given.isPresent() || file.find(tensor).isEmpty()) {
            return numbers(given, Double.NaN);
        }
        if (file.find(tensor).get().elementCount() > channels) {
            throw new CannotImportException("it has more than one " + name + " for a channel", "");
        }
        float[] values = file.values(tensor);
        return spread(values.length, i -> values[i]);
    }

    /** A number for each channel, or one for all. */
    private double[] numbers(Json value, double otherwise) throws CannotImportException {
        Json list = value;
        while (list.isList() && list.get(0).isList() && list.elements().size() == 1) {
            list = list.get(0);
        }
        if (!list.isList()) {
            double number = list.isPresent() ? list.number().orElse(Double.NaN) : otherwise;
            return spread(1, _ -> number);
        }
        Json numbers = list;
        return spread(numbers.elements().size(), i -> numbers.get(i).number().orElse(Double.NaN));
    }

    private double[] spread(int count, IntToDoubleFunction value) throws CannotImportException {
        if (count != 1 && count != channels) {
            throw new CannotImportException("its numbers are not one, or one for each channel", "");
        }
        double[] numbers = new double[channels];
        Arrays.setAll(numbers, i -> value.applyAsDouble(count == 1 ? 0 : i));
        return finite(numbers);
    }

    private static double[] finite(double[] numbers) throws CannotImportException {
        if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
            throw notFinite();
        }
        return numbers;
    }

    private static CannotImportException notFinite() {
        return new CannotImportException("it scales by what is missing, not finite or no number", "");
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
