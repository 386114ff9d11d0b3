package io.xceptionc.cli;

import io.xceptionc.compiler.diagnostic.Suggestions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Shows the Java that a model consists of. */
final class DumpVerb implements Verb {

    private static final Option LAYER = CommonOptions.valued("layer", "NAME", "only the step that computes this layer");

    @Override
    public Manual manual() {
        return new Manual("dump", "MODEL.jar [--layer NAME]", "shows the generated Java of a model, or of one layer",
                List.of("Layers have the names of the spec, as 'xceptionc summary SPEC' lists them.",
                        "Several layers that were fused are one step."),
                "xceptionc dump xception.jar --layer block2_sepconv1");
    }

    @Override
    public Options options() {
        return new Options().addOption(LAYER);
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws UsageException, InputException, IOException {
        Path jar = arguments.onlyPath("MODEL.jar");
        GeneratedSources sources = GeneratedSources.of(jar);
        Optional<String> layer = arguments.text(LAYER);
        List<String> lines = layer.isPresent() ? step(jar, sources, layer.get()) : sources.lines();
        lines.forEach(console::answer);
        return ExitCode.FINE;
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
