package io.xceptionc.cli.option;

import io.xceptionc.compiler.weights.bind.BindingOptions;
import io.xceptionc.compiler.weights.bind.Matching;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The options that say how the tensors of a weights file find their layers. */
public final class BindingArguments {

    private static final Option PROFILE = CommonOptions.valued("profile", "NAME",
            "keras, pytorch, timm or auto: whose names, layouts and epsilon they have");
    private static final Option MATCH = CommonOptions.valued("match", "HOW",
            "auto, name or order: how tensors find their layers");

    private BindingArguments() {}

    /** Adds them to a verb's own. */
    public static Options addTo(Options options) {
        return options.addOption(PROFILE).addOption(MATCH);
    }

    /**
     * What they say.
     *
     * @param weights the option that names the file, without which they say nothing
     */
    public static BindingOptions read(CommandArguments arguments, Option weights) throws UsageException {
        for (Option option : List.of(PROFILE, MATCH)) {
            requireFile(arguments, option, weights);
        }
        String auto = Matching.AUTO.label();
        try {
            return BindingOptions.of(arguments.text(PROFILE).orElse(auto), arguments.text(MATCH).orElse(auto));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    /** Complains about an option of weights where no file is given. */
    static void requireFile(CommandArguments arguments, Option option, Option weights) throws UsageException {
        if (arguments.has(option) && !arguments.has(weights)) {
            throw new UsageException(
                    CommandArguments.name(option) + " goes with " + CommandArguments.name(weights) + " FILE");
        }
    }
}
