package io.xceptionc.cli;

import io.xceptionc.compiler.CompilationReport;
import io.xceptionc.compiler.Compiler;
import io.xceptionc.compiler.CompilerOptions;
import io.xceptionc.compiler.Stage;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.runtime.ModelSignature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.OptionGroup;
import org.apache.commons.cli.Options;

/** Compiles a spec and weights to a model jar. */
final class CompileVerb implements Verb {

    private static final Option WEIGHTS =
            CommonOptions.valued("weights", "FILE", "the weights, a safetensors file named as the spec says");
    private static final Option SEED =
            CommonOptions.valued("seed", "N", "draw weights at random instead, the same ones for the same number");
    private static final Option INPUT = CommonOptions.input();
    private static final Option BATCH =
            CommonOptions.valued("batch", "N", "how many images one run takes; 1 if not given");
    private static final Option PACKAGE =
            CommonOptions.valued("package", "NAME", "the generated classes' Java package");
    private static final Option SOURCES =
            CommonOptions.valued("sources", "DIR", "write the generated Java there as well");
    private static final Option OUTPUT = Option.builder("o").longOpt("output").hasArg().argName("MODEL.jar")
            .desc("the model jar to make").get();

    @Override
    public Manual manual() {
        return new Manual("compile", "SPEC [--weights FILE | --seed N] [OPTION...] -o MODEL.jar",
                "compiles a spec and weights to a model jar", List.of(
                        "Without --weights and --seed, weights are drawn from seed 0.",
                        "The jar holds classes, weights, labels, the spec and the generated Java."),
                "xceptionc compile xception.yaml --weights xception.safetensors -o xception.jar");
    }

    @Override
    public Options options() {
        return new Options().addOptionGroup(new OptionGroup().addOption(WEIGHTS).addOption(SEED)).addOption(INPUT)
                .addOption(BATCH).addOption(PACKAGE).addOption(SOURCES).addOption(OUTPUT);
    }

    @Override
    public ExitCode run(Arguments arguments, Console console)
            throws UsageException, InvalidInputException, InputException, IOException {
        CompilerOptions options = compilerOptions(arguments);
        Path jar = arguments.path(OUTPUT)
                .orElseThrow(() -> new UsageException("where the model goes is missing: -o MODEL.jar"));
        OutputFile.requireReplaceable(jar,
                Stream.concat(Stream.of(options.spec()), options.weights().stream()).toList());
        if (options.sources().isPresent()) {
            OutputFile.requireFolder(options.sources().get());
        }
        CompilationReport report = compile(options, jar, console);
        DiagnosticReport.print(report.warnings(), console);
        report(report, options).forEach(console::answer);
        return ExitCode.FINE;
    }

    private static CompilerOptions compilerOptions(Arguments arguments) throws UsageException {
        Path spec = arguments.onlyPath("SPEC");
        Optional<Path> weights = arguments.path(WEIGHTS);
        OptionalLong seed = arguments.number(SEED, Long.MIN_VALUE, Long.MAX_VALUE);
        Optional<ImageSize> input = arguments.size(INPUT);
        int batch = (int) arguments.number(BATCH, 1, CompilerOptions.LARGEST_BATCH).orElse(1);
        Optional<Path> sources = arguments.path(SOURCES);
        try {
            return new CompilerOptions(spec, weights, seed, input, batch, arguments.text(PACKAGE), sources);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Compiles, and shows progress. */
    static CompilationReport compile(CompilerOptions options, Path jar, Console console)
            throws InvalidInputException, IOException {
        try (Progress progress = console.progress("compiling", Stage.values().length)) {
            return Compiler.compile(options, jar, stage -> progress.next(stage.label()));
        }
    }

    private static List<String> report(CompilationReport report, CompilerOptions options) {
        ModelSignature signature = report.signature();
        String weights = options.weights().map(file -> "from " + file)
                .orElse("drawn from seed " + options.seed().orElse(0) + ", so its answers mean nothing yet");
        String next = (signature.preprocessing().isPresent() ? "PICTURE" : "INPUT.npy")
                + (signature.outputShape().size() == 1 ? "" : " --output OUT.npy");
        return List.of(
                "%s: compiled '%s' in %s".formatted(report.jar(), signature.name(),
                        Quantities.seconds(report.duration())),
                "",
                "  input    %s%s".formatted(signature.inputShape(),
                        signature.batch() == 1 ? "" : ", " + signature.batch() + " images a run"),
                "  output   " + signature.outputShape(),
                "  steps    %s of the spec became %s, input and output included".formatted(
                        Quantities.count(report.layers(), "layer"),
                        Quantities.count(report.steps(), "step")),
                "  arena    %s at its peak; no plan could do with less than %s".formatted(
                        Quantities.bytes(report.arenaBytes()), Quantities.bytes(report.lowerBoundBytes())),
                "  weights  %s, %s as packed, %s".formatted(Quantities.count(report.parameters(), "parameter"),
                        Quantities.bytes(report.weightBytes()), weights),
                "",
                "try it: xceptionc predict %s %s".formatted(report.jar(), next));
    }
}
