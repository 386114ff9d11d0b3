package io.xceptionc.cli.option;

import io.xceptionc.cli.inspect.WeightsText;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.weights.bind.WeightsReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.OptionGroup;
import org.apache.commons.cli.Options;

/** The options that say which network is meant: a spec, its weights, its input. */
public final class NetworkOptions {

    private static final Option WEIGHTS =
            CommonOptions.valued("weights", "FILE", "the weights; what format the file has, its content says");
    private static final Option WEIGHTS_REPORT = Option.builder().longOpt("weights-report")
            .desc("list all tensors and what each was taken from").get();
    private static final Option SEED =
            CommonOptions.valued("seed", "N", "draw weights at random instead, the same ones for the same number");
    private static final Option INPUT = CommonOptions.input();
    private static final Option BATCH =
            CommonOptions.valued("batch", "N", "how many images one run takes; 1 if not given");

    private NetworkOptions() {}

    /** The options, to which a verb adds its own. */
    public static Options all() {
        Options options = new Options().addOptionGroup(new OptionGroup().addOption(WEIGHTS).addOption(SEED));
        return BindingArguments.addTo(options).addOption(WEIGHTS_REPORT).addOption(INPUT).addOption(BATCH);
    }

    /** What they say; the operand is the spec. */
    public static CompilerOptions read(CommandArguments arguments) throws UsageException {
        return read(arguments, arguments.onlyPath("SPEC"));
    }

    /** What they say of a spec. */
    public static CompilerOptions read(CommandArguments arguments, Path spec) throws UsageException {
        BindingArguments.requireFile(arguments, WEIGHTS_REPORT, WEIGHTS);
        Optional<Path> weights = arguments.path(WEIGHTS);
        OptionalLong seed = arguments.number(SEED, Long.MIN_VALUE, Long.MAX_VALUE);
        Optional<ImageSize> input = arguments.size(INPUT);
        int batch = (int) arguments.number(BATCH, 1, CompilerOptions.LARGEST_BATCH).orElse(1);
        CompilerOptions options = CompilerOptions.of(spec).withBatch(batch);
        options = weights.isPresent() ? options.withWeights(weights.get()) : options;
        options = seed.isPresent() ? options.withSeed(seed.getAsLong()) : options;
        options = input.isPresent() ? options.withInput(input.get()) : options;
        return options.withBinding(BindingArguments.read(arguments, WEIGHTS));
    }

    /** What a verb's report says of the weights: how many numbers, where from, and what was assumed. */
    public static List<String> weightsLines(CommandArguments arguments, CompilerOptions options, String counts,
            Optional<WeightsReport> report) {
        List<String> lines = new ArrayList<>(List.of("  weights  " + counts + ", " + weightsOrigin(options)));
        report.ifPresent(known -> lines.addAll(WeightsText.lines(known, arguments.has(WEIGHTS_REPORT))));
        return lines;
    }

    /** Where the weights come from, for a report. */
    public static String weightsOrigin(CompilerOptions options) {
        return options.network().weights().map(file -> "from " + file)
                .orElse("drawn from seed " + options.network().seed().orElse(0) + ", so its answers mean nothing yet");
    }
}
