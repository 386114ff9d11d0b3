package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.cli.inspect.GeneratedSources;
import io.xceptionc.cli.inspect.JarTexts;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.CommonOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.api.PlanReport;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Suggestions;
import io.xceptionc.compiler.jar.ModelJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Shows the Java that a model consists of. */
final class DumpVerb implements Verb {

    private enum Format {
        TEXT, JSON
    }

    private static final Option PLAN = Option.builder().longOpt("plan")
            .desc("how each step is computed and where its value lies, instead of the Java").get();
    private static final Option FORMAT =
            CommonOptions.valued("format", "text|json", "how to print the plan; text if not given");
    private static final Option INPUT = CommonOptions.input();
    private static final Option LAYER = CommonOptions.valued("layer", "NAME", "only the step that computes this layer");

    @Override
    public Manual manual() {
        return new Manual("dump", "MODEL.jar [--layer NAME] | MODEL.jar|SPEC --plan [--format text|json]",
                "shows the generated Java of a model, or of one layer, or its plan",
                List.of("Layers have the names of the spec, as 'xceptionc summary SPEC' lists them.",
                        "Several layers that were fused are one step.",
                        "The plan says of each step the algorithm, the sizes of its matrix product, how many rows are",
                        "filled at a time, and the bytes of the arena that its value takes."),
                "xceptionc dump xception.jar --layer block2_sepconv1");
    }

    @Override
    public Options options() {
        return new Options().addOption(LAYER).addOption(PLAN).addOption(FORMAT).addOption(INPUT);
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console)
            throws UsageException, InputException, InvalidInputException, IOException {
        if (arguments.has(PLAN)) {
            console.out().print(plan(arguments, console));
        } else {
            requirePlan(arguments, FORMAT);
            requirePlan(arguments, INPUT);
            java(arguments).forEach(console::answer);
        }
        return ExitCode.FINE;
    }

    private static void requirePlan(CommandArguments arguments, Option option) throws UsageException {
        if (arguments.has(option)) {
            throw new UsageException(CommandArguments.name(option) + " goes with --plan");
        }
    }

    private static String plan(CommandArguments arguments, Console console)
            throws UsageException, InputException, InvalidInputException, IOException {
        if (arguments.has(LAYER)) {
            throw new UsageException("--layer goes with the Java, --plan shows all steps");
        }
        Format format = arguments.choice(FORMAT, Format.TEXT);
        Path given = arguments.onlyPath("MODEL.jar or SPEC");
        if (UsableModel.isJar(given)) {
            if (arguments.has(INPUT)) {
                throw new UsageException("--input goes with a spec; a model jar is compiled already");
            }
            return planOfJar(given, format == Format.JSON ? ModelJar.PLAN_JSON : ModelJar.PLAN);
        }
        CompilerOptions options = arguments.size(INPUT).map(CompilerOptions.of(given)::withInput)
                .orElseGet(() -> CompilerOptions.of(given));
        try (NetworkFiles files = NetworkFiles.of(options, arguments, console)) {
            PlanReport report = Compiler.plan(files.resolved(options));
            return format == Format.JSON ? report.json() : report.text();
        }
    }

    private static String planOfJar(Path jar, String entry) throws InputException, IOException {
        String plan = JarTexts.read(jar, entry::equals).get(entry);
        if (plan == null) {
            throw new InputException(
                    jar + " holds no plan: it is no model jar, or was compiled by a version that kept none;"
                            + " compile the model again, or give the spec");
        }
        return plan;
    }

    private static List<String> java(CommandArguments arguments) throws UsageException, InputException, IOException {
        Path jar = arguments.onlyPath("MODEL.jar");
        GeneratedSources sources = GeneratedSources.of(jar);
        Optional<String> layer = arguments.text(LAYER);
        return layer.isPresent() ? step(jar, sources, layer.get()) : sources.lines();
    }

    private static List<String> step(Path jar, GeneratedSources sources, String layer) throws InputException {
        Optional<List<String>> method = sources.step(layer);
        if (method.isEmpty()) {
            throw new InputException("no step of " + jar + " computes a layer '" + layer + "'; "
                    + Suggestions.didYouMean(layer, sources.layers(), "'xceptionc dump " + jar + "' shows all"));
        }
        return method.get();
    }
}
