package io.xceptionc.cli;

import io.xceptionc.compiler.CompilerOptions;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.pass.Pipeline;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.OptionGroup;
import org.apache.commons.cli.Options;

/** The options that say which network is meant: a spec, its weights, its input. */
final class NetworkOptions {

    private static final Option WEIGHTS =
            CommonOptions.valued("weights", "FILE", "the weights, a safetensors file named as the spec says");
    private static final Option SEED =
            CommonOptions.valued("seed", "N", "draw weights at random instead, the same ones for the same number");
    private static final Option INPUT = CommonOptions.input();
    private static final Option BATCH =
            CommonOptions.valued("batch", "N", "how many images one run takes; 1 if not given");

    private NetworkOptions() {}

    /** The options, to which a verb adds its own. */
    static Options all() {
        return new Options().addOptionGroup(new OptionGroup().addOption(WEIGHTS).addOption(SEED)).addOption(INPUT)
                .addOption(BATCH);
    }

    /** What they say; the operand is the spec. */
    static CompilerOptions read(Arguments arguments) throws UsageException {
        Path spec = arguments.onlyPath("SPEC");
        Optional<Path> weights = arguments.path(WEIGHTS);
        OptionalLong seed = arguments.number(SEED, Long.MIN_VALUE, Long.MAX_VALUE);
        Optional<ImageSize> input = arguments.size(INPUT);
        int batch = (int) arguments.number(BATCH, 1, CompilerOptions.LARGEST_BATCH).orElse(1);
        return new CompilerOptions(spec, weights, seed, input, batch, Optional.empty(), OptionalLong.empty(),
                Optional.empty(), Pipeline.STANDARD);
    }

    /** Where the weights come from, for a report. */
    static String weightsOrigin(CompilerOptions options) {
        return options.weights().map(file -> "from " + file)
                .orElse("drawn from seed " + options.seed().orElse(0) + ", so its answers mean nothing yet");
    }
}
