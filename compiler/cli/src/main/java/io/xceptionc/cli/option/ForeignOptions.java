package io.xceptionc.cli.option;

import io.xceptionc.compiler.api.ImportOptions;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.lower.ImageSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * The options that say of another tool's model what its file does not: how pictures become its input, and its labels.
 */
public final class ForeignOptions {

    private static final Option SCALE =
            CommonOptions.valued("scale", "X[,X...]", "factor of a picture's values 0 to 255, for each channel or all");
    private static final Option OFFSET = CommonOptions.valued("offset", "X[,X...]", "summand, after --scale");
    private static final Option MEAN =
            CommonOptions.valued("mean", "X[,X...]", "with --std, instead of both: (x / 255 - mean) / std");
    private static final Option STD = CommonOptions.valued("std", "X[,X...]", "with --mean");
    private static final Option COLOR =
            CommonOptions.valued("color", "rgb|bgr|grey", "order of a picture's channels; rgb if not given");
    private static final Option RESIZE = CommonOptions.valued("resize", "METHOD",
            "bilinear, bicubic or nearest as Pillow, plain_bilinear as TensorFlow");
    private static final Option SHORTER_SIDE = CommonOptions.valued("shorter-side", "N",
            "resize a picture to a shorter side of N pixels, then crop the centre");
    private static final Option LETTERBOX = CommonOptions.valued("letterbox", "LEVEL",
            "keep a picture's proportions, in a frame of this level, 0 (black) to 255");

    /** Of a model that does not name its classes. */
    public static final Option LABELS =
            CommonOptions.valued("labels", "FILE", "the names of the classes, one on each line");

    /** Of a model that has none; verbs that take specs have an option of the same name. */
    public static final Option WEIGHTS =
            CommonOptions.valued("weights", "FILE", "the weights of a model.json that Keras wrote without them");

    private static final List<Option> OF_SCALING = List.of(SCALE, OFFSET, MEAN, STD, COLOR);
    private static final List<Option> OF_RESIZING = List.of(RESIZE, SHORTER_SIDE, LETTERBOX);
    private static final List<Option> OF_PICTURES =
            Stream.concat(OF_SCALING.stream(), OF_RESIZING.stream()).toList();

    private ForeignOptions() {}

    /** Adds them to a verb's own. */
    public static Options addTo(Options options) {
        OF_PICTURES.forEach(options::addOption);
        return options.addOption(LABELS);
    }

    /** What they say of a model. */
    public static ImportOptions read(CommandArguments arguments, Path model, Optional<ImageSize> input)
            throws UsageException {
        ImportOptions options = ImportOptions.of(model).withScaling(scaling(arguments));
        Optional<Path> weights = arguments.path(WEIGHTS);
        options = weights.isPresent() ? options.withWeights(weights.get()) : options;
        Optional<Path> labels = arguments.path(LABELS);
        options = labels.isPresent() ? options.withLabels(labels.get()) : options;
        return input.isPresent() ? options.withInput(input.get()) : options;
    }

    /** Whether any of them says how a picture becomes an input. */
    public static boolean sayHowPicturesAreTaken(CommandArguments arguments) {
        return OF_PICTURES.stream().anyMatch(arguments::has);
    }

    /** All of them by name, as a sentence lists them. */
    public static String ofPictures() {
        List<String> names = OF_PICTURES.stream().map(CommandArguments::name).toList();
        return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    /** Complains about those of pictures where a spec says it all. */
    public static void requireNoneOfPictures(CommandArguments arguments, String why) throws UsageException {
        for (Option option : OF_PICTURES) {
            requireNot(option, arguments, why);
        }
    }

    /** Complains about labels where a spec names them. */
    public static void requireNoLabels(CommandArguments arguments, String why) throws UsageException {
        requireNot(LABELS, arguments, why);
    }

    private static void requireNot(Option option, CommandArguments arguments, String why) throws UsageException {
        if (arguments.has(option)) {
            throw new UsageException(CommandArguments.name(option) + " is for models of other tools; " + why);
        }
    }

    /** As the input of a spec has it; an option's name is that of the spec's key. */
    private static String scaling(CommandArguments arguments) throws UsageException {
        List<String> entries = new ArrayList<>();
        for (Option option : OF_SCALING) {
            Optional<String> value = arguments.text(option);
            if (value.isPresent()) {
                if (!value.get().matches(option.equals(COLOR) ? "rgb|bgr|grey" : "[-+0-9.eE/]+(,[-+0-9.eE/]+)*")) {
                    throw new UsageException(CommandArguments.name(option) + " is " + option.getArgName() + ", not "
                            + Quotation.of(value.get()));
                }
                entries.add(option.getLongOpt() + ": "
                        + (value.get().contains(",") ? "[" + value.get().replace(",", ", ") + "]" : value.get()));
            }
        }
        resizing(arguments).ifPresent(entries::add);
        return String.join(", ", entries);
    }

    private static Optional<String> resizing(CommandArguments arguments) throws UsageException {
        List<String> entries = new ArrayList<>();
        for (Option option : OF_RESIZING) {
            Optional<String> value = arguments.text(option);
            if (value.isPresent()) {
                if (!value.get().matches(option.equals(RESIZE) ? "[a-z_]{1,20}" : "\\d{1,9}")) {
                    throw new UsageException(CommandArguments.name(option) + " is "
                            + (option.equals(RESIZE) ? "a word" : "a number") + ", not " + Quotation.of(value.get()));
                }
                entries.add((option.equals(RESIZE) ? "method" : option.getLongOpt().replace('-', '_')) + ": "
                        + value.get());
            }
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of("resize: {" + String.join(", ", entries) + "}");
    }
}
