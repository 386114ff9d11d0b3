package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.DiagnosticReport;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.OutputText;
import io.xceptionc.cli.console.Progress;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.cli.file.OutputFile;
import io.xceptionc.cli.inspect.GraphDump;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.CommonOptions;
import io.xceptionc.cli.option.ForeignOptions;
import io.xceptionc.cli.option.NetworkOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.api.CompilationReport;
import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.api.Stage;
import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.Suggestions;
import io.xceptionc.compiler.selftest.StorageLoss;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Compiles a spec and weights to a model jar. */
final class CompileVerb implements Verb {

    private static final Option PACKAGE =
            CommonOptions.valued("package", "NAME", "the generated classes' Java package");
    private static final Option SOURCES =
            CommonOptions.valued("sources", "DIR", "write the generated Java there as well");
    private static final Option STOP_AFTER = CommonOptions.valued("stop-after", "PASS",
            "only the passes up to this one (name or number) and those that code needs");
    private static final Option DUMP_IR = Option.builder().longOpt("dump-ir")
            .desc("print the graph, and what each pass makes of it; -o may be missing then").get();
    private static final Option STORAGE = CommonOptions.valued("storage", "f32|f16|bf16",
            "how the jar holds weights; f16 and bf16 take less; f32 if not given");
    private static final Option NO_SELF_TEST = Option.builder().longOpt("no-self-test")
            .desc("leave out the self-test, one slow run of the network, and the trial").get();
    private static final Option MEMORY_BUDGET = CommonOptions.valued("memory-budget", "BYTES",
            "refuse a model whose session takes more for values; no bound if not given");
    private static final Option OUTPUT = Option.builder("o").longOpt("output").hasArg().argName("MODEL.jar")
            .desc("the model jar to make").get();

    @Override
    public Manual manual() {
        return new Manual("compile", "SPEC [--weights FILE | --seed N] [OPTION...] -o MODEL.jar",
                "compiles a spec and weights to a model jar", details(),
                "xceptionc compile xception.yaml --weights xception.safetensors -o xception.jar");
    }

    private static List<String> details() {
        List<String> details = new ArrayList<>(List.of("Without --weights and --seed, weights are drawn from seed 0.",
                "SPEC may be another tool's model as well (see 'import'), which has its own weights.",
                "The jar holds classes, weights, labels, the spec, the generated Java and a self-test: what a",
                "plain interpreter in double precision makes of one image, for 'xceptionc selftest'.",
                "It is opened and run once before it appears, so that no jar is left that does not run.",
                "Weights stored as f16 or bf16 become float32 when the model is opened. It runs as fast, and answers",
                "a little differently; by how much is told. f16 is finer, bf16 takes any weight.",
                "A wrong answer can be traced to a pass by --stop-after. The passes are, in this order:"));
        details.addAll(GraphDump.passes());
        return details;
    }

    @Override
    public Options options() {
        return ForeignOptions.addTo(NetworkOptions.all()).addOption(STORAGE).addOption(PACKAGE).addOption(SOURCES)
                .addOption(STOP_AFTER).addOption(DUMP_IR).addOption(NO_SELF_TEST).addOption(MEMORY_BUDGET)
                .addOption(OUTPUT);
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console)
            throws UsageException, InvalidInputException, InputException, IOException {
        CompilerOptions given = compilerOptions(arguments);
        Optional<Path> jar = jar(arguments, given);
        try (NetworkFiles files = NetworkFiles.of(given, arguments, console)) {
            if (!files.areImported()) {
                ForeignOptions.requireNoLabels(arguments, NetworkFiles.SPEC_SAYS_IT);
            }
            CompilerOptions options = files.resolved(given);
            if (arguments.has(DUMP_IR)) {
                List<Diagnostic> warnings = GraphDump.print(options, console);
                if (jar.isEmpty()) {
                    DiagnosticReport.print(warnings, console);
                    return ExitCode.FINE;
                }
                console.answer("");
            }
            CompilationReport report = compile(options, jar.get(), console);
            DiagnosticReport.print(report.warnings(), console);
            report(report, arguments, files.shown(given)).forEach(console::answer);
            files.noteHowPicturesAreTaken(arguments, console);
            return ExitCode.FINE;
        }
    }

    /** Where the model goes; nowhere if only the graph is to be seen. */
    private static Optional<Path> jar(CommandArguments arguments, CompilerOptions given)
            throws UsageException, InputException, IOException {
        Optional<Path> jar = arguments.path(OUTPUT);
        if (jar.isEmpty() && !arguments.has(DUMP_IR)) {
            throw new UsageException("where the model goes is missing: -o MODEL.jar");
        }
        if (jar.isPresent()) {
            requireReplaceable(jar.get(), given);
        }
        return jar;
    }

    private static void requireReplaceable(Path jar, CompilerOptions options) throws InputException, IOException {
        OutputFile.requireReplaceable(jar,
                Stream.concat(Stream.of(options.network().spec()), options.network().weights().stream()).toList());
        if (options.sources().isPresent()) {
            OutputFile.requireFolder(options.sources().get());
        }
    }

    private static CompilerOptions compilerOptions(CommandArguments arguments) throws UsageException {
        CompilerOptions options = withPasses(arguments, NetworkOptions.read(arguments))
                .withStorage(arguments.choice(STORAGE, Storage.F32));
        Optional<String> packageName = arguments.text(PACKAGE);
        Optional<Path> sources = arguments.path(SOURCES);
        OptionalLong budget = arguments.number(MEMORY_BUDGET, 1, Long.MAX_VALUE);
        try {
            options = packageName.isPresent() ? options.withPackageName(packageName.get()) : options;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        options = arguments.has(NO_SELF_TEST) ? options.withoutSelfTest() : options;
        options = budget.isPresent() ? options.withMemoryBudget(budget.getAsLong()) : options;
        return sources.isPresent() ? options.withSources(sources.get()) : options;
    }

    private static CompilerOptions withPasses(CommandArguments arguments, CompilerOptions options)
            throws UsageException {
        Optional<String> word = arguments.text(STOP_AFTER);
        if (word.isEmpty()) {
            return options;
        }
        List<String> names = Compiler.passes().stream().distinct().toList();
        return options.stopAfter(GraphDump.passCount(word.get()).orElseThrow(
                () -> new UsageException("there is no pass " + Quotation.of(word.get()) + "; "
                        + Suggestions.didYouMean(word.get(), names, "there are " + String.join(", ", names)))));
    }

    /** Compiles, and shows progress. */
    static CompilationReport compile(CompilerOptions options, Path jar, Console console)
            throws InvalidInputException, IOException {
        try (Progress progress = console.progress("compiling", Stage.values().length)) {
            return Compiler.compileAndTry(options, jar, stage -> progress.next(stage.label()));
        }
    }

    private static List<String> report(CompilationReport report, CommandArguments arguments, CompilerOptions options) {
        ModelSignature signature = report.signature();
        String next = (signature.preprocessing().isPresent() ? "PICTURE" : "INPUT.npy")
                + (signature.hasOneOutput() && signature.outputShape().size() > 1 ? " --output OUT.npy" : "");
        List<String> lines = new ArrayList<>(List.of(
                "%s: compiled '%s' in %s".formatted(report.jar(), signature.name(),
                        Quantities.seconds(report.duration())),
                "",
                "  input    %s%s".formatted(signature.inputShape(),
                        signature.batch() == 1 ? "" : ", " + signature.batch() + " images a run"),
                "  arrays   " + signature.arrayScaling().inWords(),
                OutputText.line(signature),
                "  steps    %s of the spec became %s, input and output included".formatted(
                        Quantities.count(report.layers(), "layer"),
                        Quantities.count(report.steps(), "step")),
                "  arena    %s at its peak; no plan could do with less than %s".formatted(
                        Quantities.bytes(report.arenaBytes()), Quantities.bytes(report.lowerBoundBytes()))));
        lines.addAll(NetworkOptions.weightsLines(arguments, options, "%s, %s as packed".formatted(
                Quantities.count(report.parameters(), "parameter"), Quantities.bytes(report.weightBytes())),
                report.weights()));
        report.storageLoss().ifPresent(loss -> lines.addAll(storage(loss, report)));
        if (options.model().selfTest() && !report.hasSelfTest()) {
            lines.add("  test     none: the interpreter's answer to its image is no number that float32 has");
        }
        lines.addAll(List.of("", "try it: xceptionc predict %s %s".formatted(report.jar(), next)));
        return lines;
    }

    private static List<String> storage(StorageLoss loss, CompilationReport report) {
        return List.of(
                "  storage  %s, %s in the jar; weights differ by %s at most, %s of their kernel's greatest".formatted(
                        loss.storage().name().toLowerCase(Locale.ROOT), Quantities.bytes(report.storedBytes()),
                        Quantities.scientific(loss.weightAbsolute()), Quantities.scientific(loss.weightRelative())),
                "           the answer to the self-test's image differs by %s, %s of its greatest element".formatted(
                        Quantities.scientific(loss.answerAbsolute()), Quantities.scientific(loss.answerRelative())));
    }
}
