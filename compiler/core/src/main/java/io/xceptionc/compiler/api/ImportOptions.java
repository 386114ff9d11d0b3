package io.xceptionc.compiler.api;

import io.xceptionc.compiler.lower.ImageSize;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be imported, and what its file does not say.
 *
 * @param model the file
 * @param name what the network is called, and the files that are made
 * @param input height and width in place of those of the file
 * @param scaling scale, offset, mean, std and color of {@code input} in the spec, as its author would write them; empty
 *        if unknown
 * @param labels a file with the name of each class on a line of its own
 * @param weights the file of the weights, of a model that is only the config of a network
 */
public record ImportOptions(
        Path model,
        String name,
        Optional<ImageSize> input,
        String scaling,
        Optional<Path> labels,
        Optional<Path> weights) {

    private static final int LONGEST_NAME = 64;

    public ImportOptions {
        Objects.requireNonNull(model);
        Objects.requireNonNull(input);
        Objects.requireNonNull(labels);
        Objects.requireNonNull(weights);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*") || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("'" + name + "' is no name of letters, digits, _ and -");
        }
    }

    /** Of a file that has its weights. */
    public ImportOptions(Path model, String name, Optional<ImageSize> input, String scaling, Optional<Path> labels) {
        this(model, name, input, scaling, labels, Optional.empty());
    }

    /** A file as it is, under its own name. */
    public static ImportOptions of(Path model) {
        return new ImportOptions(model, nameOf(model), Optional.empty(), "", Optional.empty());
    }

    /** A file's name without its ending, made one that a model can have. */
    private static String nameOf(Path model) {
        Path file = model.getFileName();
        String name = (file == null ? "" : file.toString()).replaceFirst("(?<=.)\\.[^.]*$", "")
                .replaceAll("[^A-Za-z0-9_-]", "_");
        String begun = name.matches("[A-Za-z_].*") ? name : "model_" + name.toLowerCase(Locale.ROOT);
        return begun.substring(0, Math.min(begun.length(), LONGEST_NAME));
    }

    /** The same with another input size. */
    public ImportOptions withInput(ImageSize size) {
        return new ImportOptions(model, name, Optional.of(size), scaling, labels, weights);
    }

    /** The same with a way to make an input of a picture. */
    public ImportOptions withScaling(String next) {
        return new ImportOptions(model, name, input, next, labels, weights);
    }

    /** The same with names of the classes. */
    public ImportOptions withLabels(Path file) {
        return new ImportOptions(model, name, input, scaling, Optional.of(file), weights);
    }

    /** The same with a file of weights. */
    public ImportOptions withWeights(Path file) {
        return new ImportOptions(model, name, input, scaling, labels, Optional.of(file));
    }
}
