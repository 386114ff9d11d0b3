package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.OutputText;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.cli.file.OutputFile;
import io.xceptionc.cli.file.PrivateFolder;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.CommonOptions;
import io.xceptionc.cli.option.ForeignOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.api.ImportOptions;
import io.xceptionc.compiler.api.ImportReport;
import io.xceptionc.compiler.api.ModelImport;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.lower.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Makes of another tool's model a spec and a weights file. */
final class ImportVerb implements Verb {

    private static final Option INPUT = CommonOptions.valued("input", "HxW",
            "height and width of the input, in place of those of the model, as 299x299");
    private static final Option OUTPUT = Option.builder("o").longOpt("output").hasArg().argName("DIR")
            .desc("the folder that spec and weights go to").get();

    private static final Option CHECK = Option.builder().longOpt("check")
            .desc("only say what is recognised and assumed, or all that is not taken").get();

    @Override
    public Manual manual() {
        return new Manual("import", "MODEL [OPTION...] -o DIR",
                "writes another tool's model as a spec and weights, to edit", List.of(
                        "A MODEL is ONNX, what Keras saves with model.save (.keras, or .h5 with its configuration), or",
                        "a layers model of TensorFlow.js (model.json, its weights beside it).",
                        "Makes DIR/MODEL.yaml and DIR/MODEL.safetensors; replaces neither, as the spec may have been edited.",
                        "All operators that the spec language has not are listed at once.",
                        "How pictures become the input is in no such model, or only in part: what is taken for it is said,",
                        "with the options that say otherwise. It is x / 255 where nothing else is known.",
                        "'compile' and 'predict' take a model as it is, too."),
                "xceptionc import xception.onnx --mean 0.5 --std 0.5 -o imported");
    }

    @Override
    public Options options() {
        return ForeignOptions.addTo(new Options().addOption(INPUT).addOption(ForeignOptions.WEIGHTS)).addOption(OUTPUT)
                .addOption(CHECK);
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console)
            throws UsageException, InvalidInputException, InputException, IOException {
        Path model = arguments.onlyPath("MODEL");
        if (arguments.has(ForeignOptions.WEIGHTS) && ModelImport.isForeign(model)
                && !ModelImport.isWithoutWeights(model)) {
            throw new UsageException(
                    "--weights goes with a model.json of Keras; " + model + " has its own weights");
        }
        ImportOptions options = ForeignOptions.read(arguments, model, arguments.size(INPUT));
        if (arguments.has(CHECK)) {
            return check(options, arguments, console);
        }
        Path folder = arguments.path(OUTPUT)
                .orElseThrow(() -> new UsageException("where spec and weights go is missing: -o DIR"));
        OutputFile.requireFolder(folder);
        requireFree(ModelImport.spec(options, folder));
        requireFree(ModelImport.weights(options, folder));
        ImportReport report = ModelImport.write(options, folder);
        report(report, options).forEach(console::answer);
        note(report, arguments, console);
        return ExitCode.FINE;
    }

    private static void note(ImportReport report, CommandArguments arguments, Console console) {
        report.findings().forEach(finding -> console.message("note: " + finding));
        if (!ForeignOptions.sayHowPicturesAreTaken(arguments)) {
            report.pictureGuess().ifPresent(taken -> console.message("note: " + NetworkFiles.guess(taken)));
        }
    }

    private static ExitCode check(ImportOptions options, CommandArguments arguments, Console console)
            throws UsageException, InvalidInputException, IOException {
        if (arguments.has(OUTPUT)) {
            throw new UsageException("--check writes nothing, so there is no -o with it");
        }
        try (PrivateFolder folder = PrivateFolder.create()) {
            ImportReport report = ModelImport.write(options, folder.path());
            console.answer("%s: can be imported, from %s".formatted(options.model(), report.origin()));
            ends(report).forEach(console::answer);
            console.answer("");
            console.answer("recognised:");
            operators(report.summary()).forEach(line -> console.answer("  " + line));
            note(report, arguments, console);
            return ExitCode.FINE;
        }
    }

    private static List<String> ends(ImportReport report) {
        return List.of("", "  input    " + report.summary().input(),
                "  arrays   " + report.summary().arrays().inWords(), OutputText.line(report.outputs()));
    }

    private static void requireFree(Path file) throws InputException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new InputException(file + " exists already, and may have been edited, so it is not replaced;"
                    + " remove it, or choose another folder");
        }
    }

    private static List<String> report(ImportReport report, ImportOptions options) {
        Summary summary = report.summary();
        List<String> lines = new ArrayList<>(List.of(
                "%s: imported '%s' from %s".formatted(report.spec(), summary.model(), report.origin())));
        lines.addAll(ends(report));
        lines.addAll(List.of(
                "  spec     %s in %s".formatted(Quantities.count(summary.layers().size(), "layer"),
                        Quantities.count(report.lineCount(), "line")),
                "  weights  %s, in %s".formatted(Quantities.count(summary.parameters(), "parameter"),
                        report.weights()),
                "", "recognised:"));
        operators(summary).forEach(line -> lines.add("  " + line));
        lines.addAll(List.of("", "next: xceptionc compile %s --weights %s -o %s.jar".formatted(report.spec(),
                report.weights(), options.name())));
        return lines;
    }

    /** How many layers there are of each operator, the most frequent first. */
    private static List<String> operators(Summary summary) {
        Map<String, Long> counts = summary.layers().stream()
                .collect(Collectors.groupingBy(Summary.Layer::op, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(entry -> "%5d  %s".formatted(entry.getValue(), entry.getKey())).toList();
    }
}
