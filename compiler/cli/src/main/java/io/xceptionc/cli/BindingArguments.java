package io.xceptionc.cli;

import io.xceptionc.compiler.weights.bind.BindingOptions;
import io.xceptionc.compiler.weights.bind.Matching;
import io.xceptionc.compiler.weights.bind.Profile;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The options that say how the tensors of a weights file find their layers. */
final class BindingArguments {

    private static final Option PROFILE = CommonOptions.valued("profile", "NAME",
            "keras, pytorch, timm or auto: whose names, layouts and epsilon they have");
    private static final Option MATCH = CommonOptions.valued("match", "HOW",
            "auto, name or order: how tensors find their layers");

    /** The words of the option; the profile is told from the file if it is {@link #AUTO}. */
    private enum ProfileChoice {
        KERAS, PYTORCH, TIMM, AUTO
    }

    private BindingArguments() {}

    /** Adds them to a verb's own. */
    static Options addTo(Options options) {
        return options.addOption(PROFILE).addOption(MATCH);
    }

    /**
     * What they say.
     *
     * @param weights the option that names the file, without which they say nothing
     */
    static BindingOptions read(Arguments arguments, Option weights) throws UsageException {
        for (Option option : List.of(PROFILE, MATCH)) {
            requireFile(arguments, option, weights);
        }
        Optional<Profile> profile = switch (arguments.choice(PROFILE, ProfileChoice.AUTO)) {
            case KERAS -> Optional.of(Profile.KERAS);
            case PYTORCH -> Optional.of(Profile.PYTORCH);
            case TIMM -> Optional.of(Profile.TIMM);
            case AUTO -> Optional.empty();
        };
        return new BindingOptions(profile, arguments.choice(MATCH, Matching.AUTO));
    }

    /** Complains about an option of weights where no file is given. */
    static void requireFile(Arguments arguments, Option option, Option weights) throws UsageException {
        if (arguments.has(option) && !arguments.has(weights)) {
            throw new UsageException(Arguments.name(option) + " goes with " + Arguments.name(weights) + " FILE");
        }
    }
}
