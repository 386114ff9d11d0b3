package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.OutputText;
import io.xceptionc.cli.console.Progress;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.cli.file.OutputFile;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.CommonOptions;
import io.xceptionc.cli.option.ForeignOptions;
import io.xceptionc.cli.option.NetworkOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.cli.predict.Answers;
import io.xceptionc.cli.predict.GivenLabels;
import io.xceptionc.cli.predict.GivenThreshold;
import io.xceptionc.cli.predict.ImageHints;
import io.xceptionc.cli.predict.InputImage;
import io.xceptionc.cli.predict.InputImages;
import io.xceptionc.cli.predict.Masks;
import io.xceptionc.cli.predict.PredictionFormat;
import io.xceptionc.cli.predict.Predictor;
import io.xceptionc.cli.predict.ResultArrays;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.npy.NpyFile;
import io.xceptionc.compiler.output.AtomicFile;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.picture.PictureOrientation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Runs a model on pictures and arrays. */
final class PredictVerb implements Verb {

    private static final Option TOP =
            CommonOptions.valued("top", "K", "how many of the likeliest classes to print; 5, of images in JSON all");
    private static final Option FORMAT =
            CommonOptions.valued("format", "table|csv|json", "how to print the answers; a table if not given");
    private static final Option OUTPUT =
            CommonOptions.valued("output", "OUT.npy|OUT.npz",
                    "write the raw output there, float32 [n, ...]; all, by name, to a .npz");
    private static final Option MASKS =
            CommonOptions.valued("masks", "DIR", "write the classes of pixels there, by colours and over the picture");
    private static final Option ORIENTATION =
            CommonOptions.valued("orientation", "HOW", "upright, as EXIF says, or stored; upright if not given");
    private static final Option THRESHOLD =
            CommonOptions.valued("threshold", "X",
                    "from where on a pixel of one channel is of class 1; 0.5, of logits 0");
    private static final int DEFAULT_TOP = 5;

    @Override
    public Manual manual() {
        return new Manual("predict", "MODEL INPUT... [OPTION...]", "classifies pictures with a compiled model",
                List.of("An INPUT is a picture, a folder of pictures, or a .npy file, float32 of shape",
                        "[height, width, channels] or [n, height, width, channels]: the network's input as it is, scaled,",
                        "or, where a spec says so or another tool's model scales by itself, raw: what that tool takes.",
                        "Pictures are turned as their EXIF says, and preprocessed as the spec says. One that cannot be",
                        "read is reported, the others are classified all the same; then the exit code is 1. So it is where",
                        "an array or an answer holds NaN or an infinity, which is reported and no answer.",
                        "Values that do not add up to 1 are called scores instead of probabilities. A model of several",
                        "outputs answers by each: classes by rank, numbers as they are, of images the share of each class,",
                        "which is the channel with the greatest value at a pixel; of a single channel, what is at least",
                        "--threshold is class 1. --labels OUTPUT=FILE names the classes of one.",
                        "With --masks, an image becomes two PNG files of the picture's own size: NAME.mask.png, whose",
                        "indices are classes in PASCAL VOC's colours (255: not seen, as beside a crop), and",
                        "NAME.overlay.png, the picture under these colours but for class 0. Scores are scaled bilinearly,",
                        "then the class is taken. An array gets its mask at the network's input size. Existing files are",
                        "replaced.",
                        "With --output, answers are printed only if --top or --format is given as well; in the array,",
                        "the row of an input that cannot be read is NaN, and any other is what the model yields.",
                        "MODEL is a model jar, or a spec with --weights or another tool's model, compiled for this run.",
                        "A model jar is code: run only those that you trust."),
                "xceptionc predict xception.jar cat.jpg holidays/ --top 3");
    }

    @Override
    public Options options() {
        return ForeignOptions.addTo(NetworkOptions.all()).addOption(TOP).addOption(CommonOptions.threads())
                .addOption(CommonOptions.arrays())
                .addOption(FORMAT).addOption(OUTPUT).addOption(MASKS).addOption(THRESHOLD)
                .addOption(ORIENTATION);
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console)
            throws UsageException, InvalidInputException, InputException, IOException {
        List<Path> paths = paths(arguments);
        OpenOptions opening = CommonOptions.opening(arguments);
        int top = (int) arguments.number(TOP, 1, CommandArguments.UNBOUNDED).orElse(DEFAULT_TOP);
        PredictionFormat format = arguments.choice(FORMAT, PredictionFormat.TABLE);
        Optional<Path> output = arguments.path(OUTPUT);
        boolean printed = output.isEmpty() || arguments.has(TOP) || arguments.has(FORMAT);
        if (output.isPresent()) {
            OutputFile.requireReplaceable(output.get(), paths);
        }
        try (UsableModel usable = UsableModel.of(paths.getFirst(), arguments, console);
                CompiledModel model = CompiledModel.open(usable.jar(), opening)) {
            requireOneArray(output, model.signature());
            List<InputImage> inputs = new InputImages(model.signature(), arguments.choice(ORIENTATION,
                    PictureOrientation.UPRIGHT)).of(paths.subList(1, paths.size()));
            ModelSignature signature = signature(model.signature(), arguments);
            boolean allShares = format == PredictionFormat.JSON && !arguments.has(TOP);
            Answers answers = new Answers(signature, printed ? top : 0, allShares ? Integer.MAX_VALUE : top);
            Optional<Path> folder = arguments.path(MASKS);
            Predictor.Sink sink = folder.isPresent()
                    ? new Masks(folder.get(), signature, inputs, paths.subList(1, paths.size())).before(answers)
                    : answers::add;
            if (output.isPresent()) {
                write(output.get(), model, inputs, answers, sink, console);
            } else {
                predict(model, inputs, sink, console);
            }
            if (printed) {
                format.print(answers, console);
            }
            if (answers.hasAnswers() && (printed || folder.isPresent())) {
                explain(answers, signature, format, output.isPresent() || folder.isPresent(), console);
            }
            List<String> problems = answers.problems();
            problems.forEach(problem -> console.message("xceptionc: " + problem));
            return problems.isEmpty() ? ExitCode.FINE : ExitCode.WRONG_INPUT;
        }
    }

    /** Says where masks are and how they are made; in JSON, all of that stands in its place. */
    private static void explain(Answers answers, ModelSignature signature, PredictionFormat format, boolean written,
            Console console) {
        if (format == PredictionFormat.CSV) {
            answers.files().forEach(files -> console.message("xceptionc: " + files));
        } else if (format == PredictionFormat.TABLE) {
            answers.files().forEach(console::answer);
            ImageHints.of(signature, written).forEach(hint -> console.message("xceptionc: " + hint));
        }
    }

    /** The model's, with labels and thresholds of the caller's. */
    private static ModelSignature signature(ModelSignature own, CommandArguments arguments)
            throws UsageException, InvalidInputException {
        Optional<String> labels = arguments.text(ForeignOptions.LABELS);
        ModelSignature labelled = labels.isPresent() ? GivenLabels.of(labels.get(), own) : own;
        Optional<String> threshold = arguments.text(THRESHOLD);
        return threshold.isPresent() ? GivenThreshold.of(threshold.get(), labelled) : labelled;
    }

    private static List<Path> paths(CommandArguments arguments) throws UsageException {
        List<Path> paths = arguments.paths("MODEL");
        if (paths.size() < 2) {
            throw new UsageException("what to classify is missing: a picture, a folder or a .npy file");
        }
        return paths;
    }

    private static void requireOneArray(Optional<Path> output, ModelSignature signature) throws UsageException {
        if (output.isPresent() && !isNpz(output.get()) && !signature.hasOneOutput()) {
            throw new UsageException("model '" + signature.name() + "' has " + signature.outputs().size() + " outputs, "
                    + OutputText.names(signature) + ", and a .npy file holds one array; write --output OUT.npz");
        }
    }

    private static boolean isNpz(Path file) {
        return file.toString().endsWith(".npz");
    }

    private static void predict(CompiledModel model, List<InputImage> inputs, Predictor.Sink sink, Console console)
            throws IOException {
        try (Progress progress = console.progress("predicting", inputs.size())) {
            new Predictor(model).run(inputs, progress, sink);
        }
    }

    /** Writes all that the model yields to a file; nothing is written if there is nothing. */
    private static void write(Path file, CompiledModel model, List<InputImage> inputs, Answers answers,
            Predictor.Sink sink, Console console) throws IOException {
        try {
            if (isNpz(file)) {
                writeArrays(file, model, inputs, answers, sink, console);
            } else {
                writeArray(file, model, inputs, answers, sink, console);
            }
        } catch (NothingToWriteException _) {
            // Why there is nothing is told with the inputs' problems.
        }
    }

    private static void writeArray(Path file, CompiledModel model, List<InputImage> inputs, Answers answers,
            Predictor.Sink sink, Console console) throws IOException {
        ModelOutput output = model.signature().outputs().getFirst();
        List<Integer> shape = rows(inputs.size(), output);
        AtomicFile.write(file, stream -> {
            NpyFile.writeHeader(shape, stream);
            predict(model, inputs, prediction -> {
                sink.accept(prediction);
                NpyFile.writeElements(prediction.values().map(List::getFirst)
                        .orElseGet(() -> ResultArrays.notANumber(output)), stream);
            }, console);
            requireValues(answers);
        });
        console.answer(file + ": written, float32 " + shape);
    }

    private static void writeArrays(Path file, CompiledModel model, List<InputImage> inputs, Answers answers,
            Predictor.Sink sink, Console console) throws IOException {
        try (ResultArrays arrays = new ResultArrays(model.signature())) {
            predict(model, inputs, prediction -> {
                sink.accept(prediction);
                arrays.add(prediction);
            }, console);
            requireValues(answers);
            AtomicFile.write(file, arrays::writeTo);
        }
        console.answer(file + ": written, float32 " + model.signature().outputs().stream()
                .map(output -> output.name() + " " + rows(inputs.size(), output)).collect(Collectors.joining(", ")));
    }

    private static List<Integer> rows(int count, ModelOutput output) {
        List<Integer> shape = new ArrayList<>(output.shape());
        shape.addFirst(count);
        return shape;
    }

    private static void requireValues(Answers answers) throws NothingToWriteException {
        if (!answers.hasValues()) {
            throw new NothingToWriteException();
        }
    }

    /** Ends the writing of a file that would hold nothing. */
    private static final class NothingToWriteException extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
