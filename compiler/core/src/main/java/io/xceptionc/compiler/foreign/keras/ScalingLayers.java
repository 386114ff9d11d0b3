package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.format.keras.KerasNetwork;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What layers and operations compute of each channel by itself, {@code x * scale + offset}.
 *
 * @param file has what was learned
 * @param channels how many there are
 */
record ScalingLayers(KerasNetwork file, int channels) {

    /** The layers of this kind. */
    static final Set<String> CLASSES = Set.of("Rescaling", "Normalization");

    /** What a deviation is at least, {@code keras.backend.epsilon()}. */
    private static final double SMALLEST_DEVIATION = 1e-7;

    /** What a layer computes. */
    FileScaling of(KerasLayer layer) throws CannotImportException, InvalidInputException {
        return layer.className().equals("Rescaling")
                ? linear(numbers(layer.config().get("scale"), 1), numbers(layer.config().get("offset"), 0))
                : normalization(layer);
    }

    /**
     * What an operation with a constant computes.
     *
     * @param word the operation: add, subtract, multiply or divide
     * @param isConstantFirst whether it is the constant that something is computed of
     */
    FileScaling of(String word, Json constant, boolean isConstantFirst) throws CannotImportException {
        double[] numbers = numbers(value(constant), Double.NaN);
        double[] ones = all(1);
        return switch (word) {
            case "add" -> linear(ones, numbers);
            case "subtract" -> isConstantFirst ? linear(all(-1), numbers) : linear(ones, negated(numbers));
            case "multiply" -> linear(numbers, all(0));
            case "divide" -> {
                if (isConstantFirst) {
                    throw new CannotImportException("it divides by what the network computes", "");
                }
                yield linear(Arrays.stream(numbers).map(number -> 1 / number).toArray(), all(0));
            }
            default -> throw new IllegalStateException(word);
        };
    }

    /** The number behind what Keras wraps arrays in. */
    private static Json value(Json constant) {
        return constant.get("config").get("value").isPresent() ? constant.get("config").get("value") : constant;
    }

    private static double[] negated(double[] numbers) {
        return Arrays.stream(numbers).map(number -> -number).toArray();
    }

    private double[] all(double number) {
        double[] numbers = new double[channels];
        Arrays.fill(numbers, number);
        return numbers;
    }

    private FileScaling linear(double[] scales, double[] offsets) throws CannotImportException {
        finite(scales);
        finite(offsets);
        return new FileScaling(
                IntStream.range(0, channels).mapToObj(i -> new Linear(scales[i], offsets[i])).toList());
    }

    private FileScaling normalization(KerasLayer layer) throws CannotImportException, InvalidInputException {
        double[] means = statistics(layer, "mean");
        double[] deviations = Arrays.stream(variances(layer))
                .map(variance -> Math.max(Math.sqrt(variance), SMALLEST_DEVIATION)).toArray();
        if (layer.config().get("invert").truth().orElse(false)) {
            return linear(deviations, means);
        }
        double[] scales = Arrays.stream(deviations).map(deviation -> 1 / deviation).toArray();
        double[] offsets = new double[channels];
        Arrays.setAll(offsets, i -> -means[i] * scales[i]);
        return linear(scales, offsets);
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
            return spread(1, _ -> plain(number));
        }
        List<Json> numbers = list.elements();
        return spread(numbers.size(), i -> plain(numbers.get(i).number().orElse(Double.NaN)));
    }

    /** The number that a float was rounded from, as {@code 0.485} of {@code 0.48500001430511475}. */
    private static double plain(double number) {
        return (float) number == number ? Double.parseDouble(Float.toString((float) number)) : number;
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
            throw new CannotImportException("it scales by what is missing, not finite or no number", "");
        }
        return numbers;
    }
}
